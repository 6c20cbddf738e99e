// The pages work without this file. With it, chapter links seek, the chapter and the sentence being
// heard are marked, and the feed's address can be copied.
"use strict";

// The chapter and the sentence at a time: the last one that has begun.
function at(elements, time) {
  return elements.findLast((element) => Number(element.dataset.start) <= time + 0.01);
}

function follow(player) {
  const links = [...document.querySelectorAll(".chapters a[data-start]")];
  const sentences = [...document.querySelectorAll(".text span[data-start]")];
  let wanted = null; // where to begin, until the browser knows the sound

  function mark() {
    const time = wanted ?? player.currentTime;
    const chapter = at(links, time);
    for (const link of links) {
      if (link === chapter) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    const sentence = at(sentences, time);
    const heard = sentence && time < Number(sentence.dataset.end) && (time > 0 || !player.paused);
    for (const span of sentences) span.classList.toggle("now", heard && span === sentence);
  }

  function seek(time) {
    wanted = player.readyState > 0 ? null : time;
    player.currentTime = time;
    mark();
  }

  // "#t=75" is a time; a chapter's link knows its own to the millisecond.
  function seekToAddress() {
    const link = links.find((candidate) => candidate.hash === location.hash);
    const typed = /^#t=(\d+(?:\.\d+)?)$/.exec(location.hash);
    if (link) seek(Number(link.dataset.start));
    else if (typed) seek(Number(typed[1]));
  }

  for (const link of links) {
    link.addEventListener("click", (event) => {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      history.replaceState(null, "", link.hash);
      seek(Number(link.dataset.start));
      player.play().catch(() => {}); // the browser may refuse; the player still stands at the chapter
    });
  }
  player.addEventListener("loadedmetadata", () => {
    if (wanted !== null) seek(wanted);
    mark();
  });
  for (const change of ["timeupdate", "seeking", "play"]) player.addEventListener(change, mark);
  window.addEventListener("hashchange", seekToAddress);
  seekToAddress();
  mark();
}

function offerCopy(button) {
  const field = document.getElementById(button.dataset.copy);
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // a page opened over plain http has no clipboard
    }
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}

// One voice at a time on a page with many players.
document.addEventListener("play", (event) => {
  for (const other of document.querySelectorAll("audio")) if (other !== event.target) other.pause();
}, true);

const player = document.getElementById("player");
if (player) follow(player);
document.querySelectorAll("button[data-copy]").forEach(offerCopy);
