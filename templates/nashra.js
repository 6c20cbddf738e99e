// The pages work without this file: text, and the browser's own player. With it they have a player that
// follows the text. Everything it says stands in the page (#labels).
"use strict";

const labels = JSON.parse(document.getElementById("labels").textContent);
const embedded = "embed" in document.documentElement.dataset;

function clock(time) {
  const whole = Math.max(0, Math.floor(time));
  const [hours, minutes, seconds] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

// What a visitor's browser keeps; a private window, or a page opened from the disk, may refuse.
const kept = {
  get(key) { try { return localStorage.getItem(`nashra:${key}`); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(`nashra:${key}`, value); } catch { /* then it is not kept */ } },
  drop(key) { try { localStorage.removeItem(`nashra:${key}`); } catch { /* nor dropped */ } },
};

// The last of some elements that has begun at a time; `starts` is in order.
function lastBegun(starts, time) {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= time + 0.01) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

// A screen reader hears of a change; what has not changed must not be set again, sixty times a second.
function put(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

function timed(selector, within = document) {
  const elements = [...within.querySelectorAll(selector)];
  return { elements, starts: elements.map((element) => Number(element.dataset.start)) };
}

// ---------------------------------------------------------------- the player

function openPlayer(root) {
  const audio = root.querySelector("audio");
  const toggle = root.querySelector(".toggle");
  const slider = root.querySelector(".seek");
  const elapsed = root.querySelector(".elapsed");
  const nowPlaying = root.querySelector(".now-playing bdi");
  const speed = root.querySelector(".speed select");
  const failed = root.querySelector(".failed");
  const chapters = timed(".chapters a[data-start]");
  const duration = Number(root.dataset.duration);
  const listeners = []; // told (time, playing) whenever either changed
  let wanted = null; // where to begin, until the browser knows the sound
  let sliding = false;

  audio.controls = false;
  root.querySelector(".controls").hidden = false;

  const now = () => wanted ?? audio.currentTime;

  function show() {
    const time = now();
    const playing = !audio.paused;
    root.classList.toggle("playing", playing);
    put(toggle, "aria-label", playing ? labels.pause : labels.play);
    if (!sliding) slider.value = String(Math.floor(time));
    const shown = sliding ? Number(slider.value) : time;
    if (elapsed.textContent !== clock(shown)) elapsed.textContent = clock(shown);
    put(slider, "aria-valuetext", `${clock(shown)} ${labels.of} ${clock(duration)}`);
    root.style.setProperty("--heard", `${Math.min(100, (100 * shown) / duration)}%`);
    const current = lastBegun(chapters.starts, time);
    chapters.elements.forEach((link, place) => {
      if (place === current) put(link, "aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    const title = chapters.elements[current]?.lastElementChild.textContent ?? "";
    if (nowPlaying.textContent !== title) {
      nowPlaying.textContent = title;
      describe(title);
    }
    for (const tell of listeners) tell(time, playing);
  }

  function seek(time) {
    const place = Math.min(Math.max(0, time), duration);
    wanted = audio.readyState > 0 ? null : place;
    audio.currentTime = place;
    show();
  }

  function play() {
    failed.hidden = true;
    return audio.play().catch((refused) => {
      if (refused.name === "NotSupportedError") fail(); // NotAllowedError: the browser wants a click first
    });
  }

  function fail() {
    failed.textContent = labels.failed;
    failed.hidden = false;
  }

  // The first frame with sound may come long after `play`; marking words needs more than `timeupdate` gives.
  function frame() {
    show();
    if (!audio.paused && !document.hidden) requestAnimationFrame(frame);
  }

  toggle.addEventListener("click", () => (audio.paused ? play() : audio.pause()));
  for (const button of root.querySelectorAll("[data-skip]")) {
    button.addEventListener("click", () => seek(now() + Number(button.dataset.skip)));
  }
  slider.addEventListener("input", () => { sliding = true; show(); });
  slider.addEventListener("change", () => { sliding = false; seek(Number(slider.value)); });
  slider.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5, PageUp: 60, PageDown: -60 }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    seek(now() + step);
  });
  speed.addEventListener("change", () => {
    audio.defaultPlaybackRate = audio.playbackRate = Number(speed.value);
    kept.set("speed", speed.value);
  });
  if ([...speed.options].some((option) => option.value === kept.get("speed"))) speed.value = kept.get("speed");
  audio.defaultPlaybackRate = audio.playbackRate = Number(speed.value);
  audio.preservesPitch = true;

  audio.addEventListener("loadedmetadata", () => { if (wanted !== null) seek(wanted); });
  audio.addEventListener("error", fail);
  if (audio.error) fail(); // it was found to be missing before this script came
  audio.addEventListener("play", () => requestAnimationFrame(frame));
  for (const change of ["timeupdate", "seeking", "seeked", "play", "pause", "ended"]) audio.addEventListener(change, show);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) frame(); });

  // The lock screen: title, chapter, cover, and its buttons.
  const page = document.querySelector("[data-title]");
  function describe(chapter) {
    if (!("mediaSession" in navigator)) return;
    const { title, show: album, picture } = page.dataset;
    navigator.mediaSession.metadata = new MediaMetadata({
      title: chapter || title,
      artist: chapter && chapter !== title ? title : album,
      album,
      artwork: location.protocol === "file:" ? [] : [{ src: new URL(picture, location.href).href }],
    });
  }
  if ("mediaSession" in navigator) {
    const jump = (places) => {
      const next = lastBegun(chapters.starts, now()) + places;
      if (next >= 0 && next < chapters.starts.length) seek(chapters.starts[next]);
    };
    const does = {
      play,
      pause: () => audio.pause(),
      seekbackward: (asked) => seek(now() - (asked.seekOffset || 15)),
      seekforward: (asked) => seek(now() + (asked.seekOffset || 15)),
      seekto: (asked) => seek(asked.seekTime),
      previoustrack: () => jump(-1),
      nexttrack: () => jump(1),
    };
    for (const [action, handler] of Object.entries(does)) {
      try { navigator.mediaSession.setActionHandler(action, handler); } catch { /* a browser that has no such button */ }
    }
  }

  for (const link of chapters.elements) {
    link.addEventListener("click", (event) => {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (!embedded) history.replaceState(null, "", link.hash);
      seek(Number(link.dataset.start));
      play();
    });
  }
  return { root, audio, duration, chapters, now, seek, play, show, hear: (tell) => listeners.push(tell) };
}

// ---------------------------------------------------------------- where one was, and where a link leads

function remember(player) {
  const key = `at:${player.root.dataset.key}:${player.root.dataset.file}`; // another sound has other times
  const keep = () => {
    const time = player.now();
    if (time > 5 && time < player.duration - 5) kept.set(key, time.toFixed(1));
    else kept.drop(key);
  };
  let saved = 0;
  player.hear((time, playing) => {
    if (playing && Math.abs(time - saved) > 5) { saved = time; keep(); }
  });
  player.audio.addEventListener("pause", keep);
  player.audio.addEventListener("ended", () => kept.drop(key));
  window.addEventListener("pagehide", () => { if (player.audio.currentTime) keep(); });
  const time = Number(kept.get(key));
  if (time) player.seek(time);
}

// "#t=75" is a time, "#t=1:15" too, "#s3" a section; a chapter's link knows its own to the millisecond.
function addressed(player) {
  const link = player.chapters.elements.find((candidate) => candidate.hash === location.hash);
  if (link) return Number(link.dataset.start);
  const typed = /^#t=(?:(?:(\d+):)?(\d+):)?(\d+(?:\.\d+)?)$/.exec(location.hash);
  if (typed) return Number(typed[1] ?? 0) * 3600 + Number(typed[2] ?? 0) * 60 + Number(typed[3]);
  const section = /^#s\d+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
  return section ? Number(section.closest("[data-start]").dataset.start) : null;
}

// ---------------------------------------------------------------- reading along

function readAlong(player) {
  const text = document.querySelector(".text");
  const back = document.querySelector(".follow");
  if (!text) return;
  const sentences = timed("p span[data-start]", text);
  const smooth = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  const words = globalThis.Highlight && CSS.highlights ? new Highlight() : null;
  if (words) CSS.highlights.set("word", words);
  let marked = null; // the sentence being said, none in a pause
  let latest = null; // the one that was marked last
  let word = "";
  let following = true;
  let ours = 0; // the timer of a scroll of our own, 0 when there is none

  function visible(element) {
    const { top, bottom } = element.getBoundingClientRect();
    const ceiling = Math.max(0, player.root.getBoundingClientRect().bottom);
    return top >= ceiling && bottom <= innerHeight;
  }

  function follow() {
    if (!latest || visible(latest)) return;
    clearTimeout(ours);
    ours = setTimeout(() => { ours = 0; }, 3000); // for browsers that do not tell the end of a scroll
    latest.scrollIntoView({ block: "center", behavior: smooth ? "smooth" : "auto" });
  }

  function setFollowing(yes) {
    following = yes;
    offer();
  }

  function offer() {
    back.hidden = following || player.audio.paused || !latest;
  }

  player.hear((time, playing) => {
    const sentence = sentences.elements[lastBegun(sentences.starts, time)];
    const heard = sentence && time <= Number(sentence.dataset.end) && (time > 0 || playing) ? sentence : null;
    if (heard !== marked) {
      marked?.classList.remove("now");
      heard?.classList.add("now");
      marked = heard;
      latest = heard ?? latest;
      if (playing && following) follow();
    }
    markWord(time);
    offer();
  });

  function markWord(time) {
    if (!words) return;
    const [place, length] = marked ? wordAt(marked, time) : [0, 0];
    const key = length ? `${marked.dataset.start}+${place}` : "";
    if (key === word) return;
    word = key;
    words.clear();
    if (length) words.add(range(marked.firstChild, place, length));
  }

  player.audio.addEventListener("play", () => { setFollowing(true); follow(); });
  player.audio.addEventListener("seeking", () => { following = true; });

  // The page follows unless the reader scrolls.
  const leave = () => {
    if (!following || player.audio.paused) return;
    if (ours) scrollTo({ top: scrollY, behavior: "instant" }); // or our own way there would undo the reader's
    setFollowing(false);
  };
  window.addEventListener("wheel", leave, { passive: true });
  window.addEventListener("touchmove", leave, { passive: true });
  window.addEventListener("scroll", () => { if (!ours) leave(); }, { passive: true }); // keys, the scroll bar
  window.addEventListener("scrollend", () => { clearTimeout(ours); ours = 0; });
  back.addEventListener("click", () => { setFollowing(true); follow(); });

  text.addEventListener("click", (event) => {
    const sentence = event.target.closest("p span[data-start]");
    if (!sentence || event.target.closest("a, button") || !getSelection().isCollapsed) return;
    player.seek(Number(sentence.dataset.start));
    player.play();
  });
  for (const button of text.querySelectorAll("button.from")) {
    button.hidden = false;
    button.addEventListener("click", () => { player.seek(Number(button.dataset.start)); player.play(); });
  }
}

// The word of a sentence at a time, as [place, length]; [0, 0] where no word is known.
function wordAt(sentence, time) {
  if (!sentence.dataset.words) return [0, 0];
  if (!wordsOf.has(sentence)) {
    const begins = sentence.dataset.words.split(" ").map((ms) => Number(ms) / 1000);
    wordsOf.set(sentence, { begins, found: [...sentence.textContent.matchAll(/\S+/g)] });
  }
  const { begins, found } = wordsOf.get(sentence);
  const word = found[lastBegun(begins, time - Number(sentence.dataset.start))];
  return word ? [word.index, word[0].length] : [0, 0];
}
const wordsOf = new WeakMap();

function range(node, place, length) {
  const found = document.createRange();
  found.setStart(node, place);
  found.setEnd(node, Math.min(place + length, node.length));
  return found;
}

// ---------------------------------------------------------------- the rest of a page

function offerCopy(button) {
  const field = document.getElementById(button.dataset.copy);
  const said = document.getElementById("said");
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // a page opened over plain http has no clipboard
    }
    button.textContent = said.textContent = labels.copied;
    setTimeout(() => { button.textContent = label; said.textContent = ""; }, 2000);
  });
}

// On the show's page a card's round button opens the browser's player of that card.
function openCard(card) {
  const audio = card.querySelector("audio");
  const toggle = card.querySelector(".toggle");
  const title = card.querySelector("h2, h3").textContent;
  audio.hidden = true;
  toggle.hidden = false;
  toggle.addEventListener("click", () => {
    audio.hidden = false;
    if (audio.paused) audio.play().catch(() => {});
    else audio.pause();
  });
  for (const change of ["play", "pause"]) {
    audio.addEventListener(change, () => {
      card.classList.toggle("playing", !audio.paused);
      toggle.setAttribute("aria-label", `${audio.paused ? labels.play : labels.pause}: ${title}`);
    });
  }
}

// One voice at a time on a page with many players.
document.addEventListener("play", (event) => {
  for (const other of document.querySelectorAll("audio")) if (other !== event.target) other.pause();
}, true);

// The page around the small player cannot see how high it is; it may listen for this message.
function tellHeight() {
  const tell = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    parent.postMessage({ type: "nashra:height", height, page: location.href }, "*");
  };
  new ResizeObserver(tell).observe(document.body);
  tell();
}

const root = document.querySelector(".player");
if (root) {
  const player = openPlayer(root);
  readAlong(player);
  if (!embedded) {
    remember(player);
    const goThere = () => {
      const time = addressed(player);
      if (time !== null) player.seek(time);
    };
    window.addEventListener("hashchange", goThere);
    goThere();
    const moment = document.getElementById("moment");
    const address = moment?.value;
    player.hear((time) => {
      const link = time >= 1 ? `${address}#t=${Math.floor(time)}` : address;
      if (moment && moment.value !== link) moment.value = link;
    });
  }
  player.show();
}
document.querySelectorAll(".card").forEach(openCard);
document.querySelectorAll("button[data-copy]").forEach(offerCopy);
if (embedded && parent !== window) tellHeight();
