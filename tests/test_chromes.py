"""Pages as Arab newsrooms build them: twelve sites' ways around the same stories, in nine ways to set a heading."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import pytest

from nashra.articles import html, reading
from nashra.intake import sources as intake

# Stories


@dataclass(frozen=True)
class Story:
    """An article as its desk wrote it."""

    title: str
    author: str
    lead: tuple[str, ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def headings(self) -> list[str]:
        return [heading for heading, _paragraphs in self.sections]

    @property
    def paragraphs(self) -> list[str]:
        return [*self.lead, *itertools.chain.from_iterable(said for _heading, said in self.sections)]


STORIES = {
    "harbour": Story(
        "ميناء الداخلة الأطلسي يستقبل أولى السفن قبل نهاية السنة",
        "سعيد البقالي",
        (
            "كشف وزير التجهيز والماء، خلال جلسة الأسئلة الشفوية بمجلس النواب، أن أشغال ميناء الداخلة الأطلسي بلغت "
            "نسبة متقدمة، وأن الرصيف التجاري سيفتح أمام السفن قبل نهاية السنة الجارية.",
            "وقال المسؤول الحكومي إن كلفة المشروع لن تتجاوز ما رصد له في البداية، رغم ارتفاع أسعار مواد البناء.",
        ),
        (
            (
                "أرصفة ومناطق للتخزين",
                (
                    "يضم الميناء ثلاثة أحواض، أكبرها للتجارة، وتحيط به منطقة للتخزين والصناعات على مساحة تزيد على ألف "
                    "هكتار، حسب المعطيات التي قدمها الوزير أمام النواب.",
                    "وتربط الميناء بالطريق الوطنية قنطرة بحرية طولها نحو كيلومتر، وضعت دعاماتها الأخيرة في يونيو الماضي.",
                ),
            ),
            (
                "فرص شغل لأبناء الجهة",
                (
                    "ينتظر أن يوفر الميناء آلاف مناصب الشغل المباشرة، وتستعد معاهد التكوين المهني بالجهة لفتح شعب "
                    "جديدة في مهن اللوجستيك والصيانة البحرية ابتداء من الموسم المقبل.",
                ),
            ),
            (
                "موعد الافتتاح",
                (
                    "أكد الوزير أن الشركة المكلفة التزمت بتسليم الشطر الأول في موعده، مضيفا أن لجنة مشتركة تتابع سير "
                    "الأشغال كل أسبوعين وترفع تقاريرها إلى رئاسة الحكومة.",
                    "وختم بالقول إن السفينة الأولى ستكون محملة بمنتجات الصيد البحري نحو موانئ غرب إفريقيا.",
                ),
            ),
        ),
    ),
    "drought": Story(
        "سدود الشمال تنتعش بعد أمطار مارس وحقينة سبو تتجاوز النصف",
        "نادية العلوي",
        (
            "أنعشت التساقطات المطرية التي عرفتها أقاليم الشمال خلال الأسبوع الأول من مارس حقينة السدود، بعد ست سنوات "
            "متتالية من الجفاف أثرت على الزراعة وعلى تزويد المدن بالماء الصالح للشرب.",
        ),
        (
            (
                "أرقام مطمئنة",
                (
                    "بلغت نسبة ملء سدود حوض سبو 52 في المائة، مقابل 37 في المائة في الفترة نفسها من السنة الماضية، وفق "
                    "نشرة مديرية هندسة المياه الصادرة يوم الاثنين.",
                    "أما حوض أم الربيع فما زال تحت عتبة 12 في المائة، وهو ما يجعل الوضع في سهول دكالة مقلقا إلى اليوم.",
                ),
            ),
            (
                "الفلاحون بين الأمل والحذر",
                (
                    "قال محمد الرامي، وهو فلاح بضواحي سيدي قاسم: «الأمطار جاءت في وقتها، لكننا نحتاج إلى دفعة ثانية في "
                    "أبريل كي تنجح زراعة الحبوب».",
                    "ويرى مهندس زراعي بالمنطقة أن الزراعات الربيعية ستستفيد أكثر من غيرها، وأن المراعي عادت إلى خضرتها.",
                ),
            ),
        ),
    ),
    "football": Story(
        "المنتخب المغربي يفوز على ضيفه بثلاثية ويقترب من التأهل",
        "كريم الزياني",
        (
            "فاز المنتخب المغربي لكرة القدم على ضيفه بثلاثة أهداف لهدف، مساء الجمعة على أرضية المركب الرياضي محمد "
            "الخامس بالدار البيضاء، برسم الجولة الخامسة من التصفيات.",
            "وسيطر أصحاب الأرض على أطوار المباراة منذ بدايتها، وسجلوا هدفين قبل نهاية الشوط الأول.",
        ),
        (
            (
                "شوط أول من جانب واحد",
                (
                    "افتتح المهاجم حصة التسجيل في الدقيقة السابعة بضربة رأسية، قبل أن يضيف زميله الهدف الثاني من ضربة "
                    "حرة مباشرة لم تترك للحارس أي فرصة.",
                ),
            ),
            (
                "تغييرات المدرب",
                (
                    "أشرك المدرب ثلاثة لاعبين شبان في الشوط الثاني، وهو ما أعطى خط الوسط نفسا جديدا بعد أن قلص الضيوف "
                    "الفارق من ضربة جزاء في الدقيقة الستين.",
                    "وقال المدرب في الندوة الصحفية إن الفوز مهم، لكنه دعا اللاعبين إلى التركيز على مباراة الثلاثاء المقبل.",
                ),
            ),
            (
                "ترتيب المجموعة",
                (
                    "رفع المنتخب المغربي رصيده إلى ثلاث عشرة نقطة في صدارة المجموعة، ويكفيه التعادل في الجولة المقبلة "
                    "لضمان بطاقة العبور إلى النهائيات دون انتظار نتائج الآخرين.",
                ),
            ),
        ),
    ),
}

# Nine ways to set a heading


def _p(text: str) -> str:
    return f"<p>{text}</p>"


HEADINGS = {
    "h2": lambda text: f"<h2>{text}</h2>",
    "h3": lambda text: f"<h3>{text}</h3>",
    "wordpress h2": lambda text: f'<h2 class="wp-block-heading" id="h-1"><strong>{text}</strong></h2>',
    "p strong": lambda text: f"<p><strong>{text}</strong></p>",
    "p coloured b": lambda text: f'<p><span style="color: #c00"><b>{text}</b></span></p>',
    "div class": lambda text: f'<div class="sub-title">{text}</div>',
    "plain p": _p,
}


def body(story: Story, style: str, within: str = "") -> str:
    """Return a story's text in one of nine styles, with what a site puts into it behind the first section."""
    sections = list(story.sections)
    if style == "br br":
        lines = [*story.lead]
        for place, (heading, paragraphs) in enumerate(sections):
            lines += [heading, *paragraphs]
            if place == 0 and within:
                lines.append(within)
        return "<br><br>\n".join(lines)
    parts = [_p(text) for text in story.lead]
    for place, (heading, paragraphs) in enumerate(sections):
        if style == "strong br":
            parts.append(f"<p><strong>{heading}</strong><br>{paragraphs[0]}</p>")
            parts += map(_p, paragraphs[1:])
        else:
            parts += [HEADINGS[style](heading), *map(_p, paragraphs)]
        if place == 0 and within:
            parts.append(within)
    return "\n".join(parts)


STYLES = (*HEADINGS, "strong br", "br br")

# What stands around: none of it may be read

MENU = (
    "سياسة",
    "اقتصاد",
    "مجتمع",
    "رياضة",
    "فن وثقافة",
    "جهات",
    "حوادث",
    "كتاب وآراء",
    "صوت وصورة",
    "بيئة وعلوم",
)
OTHERS = (
    "توقيف شخص بحوزته أقراص مهلوسة قرب محطة القطار",
    "أسعار الزيتون ترتفع في أسواق الجملة مع اقتراب رمضان",
    "نقابة التعليم تدعو إلى إضراب وطني يومي الأربعاء والخميس",
    "افتتاح معرض للصناعة التقليدية بساحة باب الحد",
    "طقس الأحد: زخات رعدية مرتقبة في مرتفعات الأطلس",
)
CAPTION = "منظر عام من أرشيف المصورة هند بوعياد"
COMMENTS = (
    (
        "مواطن غيور",
        "الله يوفق الجميع، هذا ما كنا ننتظره منذ سنوات طويلة، ونتمنى أن يصل الخير إلى كل المناطق النائية.",
    ),
    (
        "Hassan",
        "مجرد كلام في كلام، المهم هو التنفيذ على أرض الواقع وليس التصريحات في البرلمان أمام الكاميرات يا سادة.",
    ),
    (
        "متابعة من باريس",
        "موضوع مهم شكرا لكم على التغطية، ونرجو أن تعودوا إليه بتفصيل أكثر في الأيام القادمة إن أمكن.",
    ),
)
JUNK = (
    *OTHERS,
    CAPTION,
    *(text for _name, text in COMMENTS),
    "مواطن غيور",
    "متابعة من باريس",
    "صوت وصورة",
    "كتاب وآراء",
    "جميع الحقوق",
    "شروط الاستخدام",
    "الأكثر قراءة",
    "أضف تعليق",
    "النشرة البريدية",
    "فيسبوك",
    "واتساب",
    "ذات صلة",
    "قصص مقترحة",
    "اقرأ أيضا",
    "كلمات دلالية",
    "الوسوم",
    "تعليقات الزوار",
    "صدر الصورة",
    "قد يهمك",
    "انتهى",
    "ت م 0098",
    "شاهد أيضا",
    "تحميل التطبيق",
    "المصدر",
    "نسخ الرابط",
    "دقائق قراءة",
)


def _links(texts: tuple[str, ...], tag: str = "li") -> str:
    return "".join(f'<{tag}><a href="/{n}">{text}</a></{tag}>' for n, text in enumerate(texts))


def _cards(tag: str = "h3") -> str:
    return "".join(
        f'<div class="card"><a href="/{n}"><img src="{n}.jpg" alt=""></a><{tag}><a href="/{n}">{text}</a></{tag}>'
        f'<span class="time">منذ {n + 2} ساعات</span></div>'
        for n, text in enumerate(OTHERS)
    )


def _head(story: Story, site: str, *, more: str = "") -> str:
    return (
        f'<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{story.title} - {site}</title>'
        f'<meta property="og:title" content="{story.title} - {site}"><meta property="og:site_name" content="{site}">'
        f'{more}<script>var ads = "سياسة الخصوصية";</script><style>.a {{ color: red }}</style></head>'
    )


def _foot(site: str) -> str:
    return (
        f"<footer><ul>{_links(MENU)}</ul><p>النشرة البريدية</p><p>شروط الاستخدام</p><p>© 2025 {site}، جميع الحقوق محفوظة</p>"
        "</footer></body></html>"
    )


def _menu() -> str:
    return f'<header><a href="/">الرئيسية</a><nav><ul>{_links(MENU)}</ul></nav></header>'


def _comments() -> str:
    return "".join(f'<li class="comment"><b>{name}</b><p>{text}</p></li>' for name, text in COMMENTS)


# Twelve sites


def moroccan_daily(story: Story, style: str) -> str:
    """A big Moroccan site: author and date above, a box in the text, comments below."""
    within = f'<div class="read-also"><span>اقرأ أيضا</span><a href="/x">{OTHERS[0]}</a></div>'
    return (
        _head(story, "صوت الأطلس")
        + "<body>"
        + _menu()
        + f'<div class="container"><div class="row"><article class="post"><h1 class="post-title">{story.title}</h1>'
        f'<div class="post-infos"><span class="author">صوت الأطلس - <a href="/a">{story.author}</a></span>'
        f'<span class="date-post">الجمعة 14 مارس 2025 - 10:00</span></div>'
        f'<figure><img src="1.jpg"><figcaption>{CAPTION}</figcaption></figure>'
        f'<ul class="share">{_links(("فيسبوك", "تويتر", "واتساب"))}</ul>'
        f'<div class="article-content">{body(story, style, within)}</div>'
        f'<section class="box-tags">{_links(("المغرب", "الحكومة", "البرلمان"), "span")}</section></article>'
        f'<section id="comments"><h2>تعليقات الزوار</h2><ul>{_comments()}</ul><form><label>أضف تعليقك</label>'
        f"<textarea></textarea></form></section></div>"
        f'<aside class="sidebar"><h3>الأكثر قراءة</h3>{_cards()}</aside></div>' + _foot("صوت الأطلس")
    )


def gulf_broadcaster(story: Story, style: str) -> str:
    """A big broadcaster: a list of links inside the text, the source below it, cards of the topic."""
    within = (
        f'<ul class="more-on"><li><a href="/1">{OTHERS[1]}</a></li><li><a href="/2">{OTHERS[2]}</a></li></ul>'
    )
    return (
        _head(story, "قناة الخليج", more='<meta name="author" content="قناة الخليج">')
        + "<body>"
        + _menu()
        + f'<main id="main-content-area"><header class="article-header"><h1>{story.title}</h1></header>'
        f'<figure class="article-featured-image"><img src="a.jpg"><figcaption>{CAPTION} (رويترز)</figcaption></figure>'
        f'<div class="article-info-block"><div class="article-dates"><span>14/3/2025</span></div></div>'
        f'<div class="wysiwyg wysiwyg--all-content">{body(story, style, within)}</div>'
        f'<div class="article-source">المصدر : قناة الخليج + وكالات</div>'
        f'<section class="related"><h2>ذات صلة</h2>{_cards("h4")}</section></main>' + _foot("قناة الخليج")
    )


def british_service(story: Story, style: str) -> str:
    """A world service: each paragraph in a box of its own, captions with labels, a box of suggestions."""
    within = (
        '<section role="region" aria-label="قصص مقترحة"><a href="#end">تخطى قصص مقترحة وواصل القراءة</a>'
        f'<strong>قصص مقترحة</strong><ul>{_links(OTHERS[:3])}</ul><p id="end">نهاية قصص مقترحة</p></section>'
        f'<figure><img src="c.jpg"><p><span>صدر الصورة، </span>Getty</p><figcaption><span>التعليق على الصورة، </span>'
        f"<p>{CAPTION}</p></figcaption></figure>"
    )
    boxed = body(story, style, within).replace("<p>", '<div dir="rtl" class="bbc-19j92fr"><p dir="rtl">')
    boxed = boxed.replace("</p>", "</p></div>")
    return (
        _head(story, "هيئة العالم عربي")
        + "<body>"
        + _menu()
        + f'<div class="grid"><main role="main"><div><h1 id="content" tabindex="-1">{story.title}</h1></div>'
        f'<div><ul role="list"><li>{story.author}</li><li>هيئة العالم - الرباط</li></ul></div>'
        f'<div><time datetime="2025-03-14">14 مارس/ آذار 2025</time></div>{boxed}'
        f"<div><ul>{_links(('المغرب', 'اقتصاد'))}</ul></div></main>"
        f"<section><h2>مواضيع ذات صلة</h2><ul>{_cards()}</ul></section></div>" + _foot("هيئة العالم")
    )


def american_network(story: Story, style: str) -> str:
    """An American network's Arabic site: the place and agency run into the lead, «قد يهمك» in the text."""
    lead = ("دبي، الإمارات العربية المتحدة (CNN) -- " + story.lead[0], *story.lead[1:])
    told = Story(story.title, story.author, lead, story.sections)
    within = f'<div class="_2Vw"><h3>قد يهمك أيضا</h3><a href="/q">{OTHERS[3]}</a></div>'
    return (
        _head(story, "الشبكة بالعربية")
        + "<body>"
        + _menu()
        + f'<article><h1>{story.title}</h1><div class="byline"><p>نشر الجمعة، 14 مارس / آذار 2025</p>'
        f'<p class="read-time">3 دقائق قراءة</p></div><figure><img src="s.jpg"><figcaption>{CAPTION}</figcaption></figure>'
        f'<div id="body-text">{body(told, style, within)}</div>'
        f'<div class="share"><a href="f">فيسبوك</a> <a href="w">واتساب</a> <a href="c">نسخ الرابط</a></div></article>'
        f'<div class="rail">{_cards()}</div>' + _foot("الشبكة بالعربية")
    )


def saudi_daily(story: Story, style: str) -> str:
    """A Saudi daily: names and city between dashes, and a hidden advertisement."""
    within = '<div style="display: none">تحميل التطبيق</div>'
    return (
        _head(story, "صحيفة الساحل")
        + "<body>"
        + _menu()
        + f'<div id="wrap"><div class="col-8"><h1>{story.title}</h1><div class="meta"><span>14 / 03 / 2025</span></div>'
        f'<div class="aut">{story.author} - الدمام</div><div class="article-body">{body(story, style, within)}</div>'
        f'<div class="tags"><span>الوسوم:</span> {_links(("الميناء", "التجارة"), "span")}</div></div>'
        f'<div class="col-4"><h4>الأكثر قراءة</h4>{_cards("h5")}</div></div>' + _foot("صحيفة الساحل")
    )


def state_agency(story: Story, style: str) -> str:
    """A state agency: the dateline with two calendars first, the wire's end below."""
    return (
        _head(story, "وكالة الأنباء")
        + "<body>"
        + _menu()
        + f'<div class="news-details"><h2 class="news-title">{story.title}</h2>'
        f'<div class="text"><p>الرياض 14 رمضان 1446 هـ الموافق 14 مارس 2025 م واس</p>{body(story, style)}'
        f"<p>// انتهى //</p><p>14:05 ت م 0098</p></div></div><div class='latest'>{_cards('h4')}</div>"
        + _foot("وكالة الأنباء")
    )


def egyptian_channel(story: Story, style: str) -> str:
    """An Egyptian channel on WordPress: a linked «اقرأ أيضا» paragraph, share words, tags as headings."""
    within = f'<p><strong>اقرأ أيضًا: <a href="/e">{OTHERS[4]}</a></strong></p>'
    return (
        _head(
            story,
            "قناة البلدة",
            more='<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle",'
            '"headline":"x","datePublished":"2025-03-14T08:00:00+02:00","author":{"@type":"Person","name":"admin"}}]}</script>',
        )
        + '<body class="single-post">'
        + _menu()
        + f'<div id="content"><article id="the-post"><header class="entry-header"><h1 class="post-title">{story.title}</h1>'
        f'<div class="single-post-meta"><span>كتب {story.author}</span><span>الجمعة 14 مارس 2025 10:00 ص</span></div></header>'
        f'<div class="entry-content entry">{body(story, style, within)}'
        f'<div class="post-bottom-tags"><h3>الوسوم</h3>{_links(("كرة", "أخبار"), "h3")}</div></div>'
        f'<div class="share-links"><a href="f"><span>فيسبوك</span></a><a href="x"><span>واتساب</span></a></div></article>'
        f'<div id="related-posts"><h3>مقالات ذات صلة</h3>{_cards()}</div>'
        f'<div id="comments"><h3>شاهد أيضا</h3><ol>{_comments()}</ol><p>أضف تعليق</p></div></div>'
        + _foot("قناة البلدة")
    )


def moroccan_magazine(story: Story, style: str) -> str:
    """A Moroccan site of the Arc kind: «تحرير من طرف», the hour in words, related boxes with pictures."""
    within = f'<div class="interstitial"><h2>اقرأ أيضا</h2><a href="/i"><h3>{OTHERS[2]}</h3></a></div>'
    return (
        _head(story, "مغرب أونلاين")
        + "<body>"
        + f'<div id="fusion-app">{_menu()}<section class="left"><div class="overline"><a href="/e">اقتصاد</a></div>'
        f'<h1 class="headline">{story.title}</h1><figure><img src="d.jpg"><figcaption>{CAPTION}</figcaption></figure>'
        f'<div class="byline">تحرير من طرف <a href="/w">{story.author}</a></div>'
        f'<div class="subheadline-date">في 14/03/2025 على الساعة 10:15</div>'
        f'<article class="article-body">{body(story, style, within)}</article>'
        f'<div class="article-footer">تحرير من طرف <a href="/w">{story.author}</a><br>في 14/03/2025 على الساعة 10:15</div>'
        f'<div class="tags"><h2>كلمات دلالية</h2>{_links(("ميناء", "سدود"), "span")}</div></section>'
        f"<aside>{_cards()}</aside></div>" + _foot("مغرب أونلاين")
    )


def old_portal(story: Story, style: str) -> str:
    """An old portal made of tables: the outlet and city run in, numbered comments below."""
    lead = ("أخبار البوابة - الرباط\n<br><br>" + story.lead[0], *story.lead[1:])
    told = Story(story.title, story.author, lead, story.sections)
    return (
        _head(story, "أخبار البوابة")
        + "<body>"
        + f'<table width="100%"><tr><td colspan="2">{_menu()}</td></tr><tr><td id="article_holder"><div id="article_main">'
        f'<h1 class="page_title">{story.title}</h1><span class="story_date">الجمعة 14 مارس 2025 - 10:00</span>'
        f'<div id="article_body">{body(told, style)}</div><div id="social">شارك على فيسبوك</div></div>'
        f'<div id="comments_list"><div class="title">تعليقات الزوار (3 تعليق)</div>'
        + "".join(
            f'<div class="c"><b>{n}- {name}</b><p>{text}</p></div>'
            for n, (name, text) in enumerate(COMMENTS, 1)
        )
        + f"</div></td><td><table>{''.join(f'<tr><td><a href=x>{text}</a></td></tr>' for text in OTHERS)}</table></td></tr>"
        "</table>" + _foot("أخبار البوابة")
    )


def moroccan_daily_paper(story: Story, style: str) -> str:
    """A paper's site: outlet above, date with a bar, «كلمات دلالية» as links."""
    within = f'<blockquote class="wp-embedded-content"><a href="/o">{OTHERS[0]}</a></blockquote>'
    return (
        _head(story, "يومية الغد")
        + "<body>"
        + _menu()
        + f'<div class="infoSingle"><h1>{story.title}</h1><div class="info"><span>يومية الغد</span> '
        f'<span class="timePost">الجمعة 14 مارس 2025 | 10:00</span></div></div>'
        f'<div class="featured_image"><img src="g.jpg"><div class="wp-caption-text">{CAPTION}</div></div>'
        f'<div class="post_content">{body(story, style, within)}</div>'
        f'<div class="tags">كلمات دلالية {_links(("الدار البيضاء", "اليوم"), "span")}</div>'
        f'<div class="relatedPosts"><p>مواضيع ذات صلة</p>{_cards("h2")}</div>' + _foot("يومية الغد")
    )


def tunisian_drupal(story: Story, style: str) -> str:
    """A Drupal site: byline as the first line of the text, links to add a comment below."""
    told_body = f"<p>بقلم: {story.author}</p>" + body(story, style)
    return (
        _head(story, "جريدة الفجر")
        + '<body class="node-type-article">'
        + _menu()
        + f'<div id="block-system-main"><h1 class="title">{story.title}</h1><div class="node"><div class="submitted">'
        f'الجمعة 14 مارس 2025 - 10:00</div><div class="field field-name-body"><div class="field-item even">{told_body}</div>'
        f'</div><ul class="links inline"><li><a href="/c">أضف تعليق جديد</a></li></ul></div></div>'
        f'<div id="block-views"><h2>ذات صلة</h2><div class="view-content">{_cards("div")}</div></div>'
        + _foot("جريدة الفجر")
    )


def news_channel(story: Story, style: str) -> str:
    """A news channel: sections in sections, no article element; city and channel above the text."""
    within = f'<div class="inline-teaser"><span>شاهد أيضا</span><h4><a href="/t">{OTHERS[1]}</a></h4></div>'
    return (
        _head(
            story,
            "سماء الأخبار",
            more='<meta property="article:published_time" content="2025-03-14T10:00:00Z">',
        )
        + "<body>"
        + _menu()
        + f'<section><section class="top"><h1>{story.title}</h1><p class="lbl">أبوظبي - سماء الأخبار</p>'
        f'<p class="caption">{CAPTION}</p></section><section class="story">{body(story, style, within)}</section>'
        f'<section class="more"><h2>أخبار ذات صلة</h2>{_cards("h3")}</section></section>'
        + _foot("سماء الأخبار")
    )


CHROMES = (
    moroccan_daily,
    gulf_broadcaster,
    british_service,
    american_network,
    saudi_daily,
    state_agency,
    egyptian_channel,
    moroccan_magazine,
    old_portal,
    moroccan_daily_paper,
    tunisian_drupal,
    news_channel,
)
SIGNED = {moroccan_daily, british_service, saudi_daily, egyptian_channel, moroccan_magazine, tunisian_drupal}
"""The sites that name a writer."""

SAID = {"lead", "paragraph", "heading", "question", "item"}


def read(source: str) -> reading.Reading:
    return intake.read(intake.Input(source.encode(), "page.html", "https://news.example/1"), html.page)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("chrome", CHROMES, ids=lambda chrome: chrome.__name__)
@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_a_page_is_read_as_its_story(chrome, style, story):
    """Every paragraph and heading in order, and nothing else; title, date and writer as shown."""
    found = read(chrome(story, style))
    said = [line.text for line in found.lines if line.role in SAID]
    lead, *rest = story.paragraphs
    assert [text for text in JUNK if any(text in line for line in said)] == []
    assert [section.heading for section in found.article.sections] == story.headings
    spoken = [text for part in (found.article.lead, *found.article.sections) for text in part.paragraphs]
    assert spoken[0].endswith(lead)
    assert spoken[1:] == rest
    assert found.article.title == story.title
    assert found.article.date
    assert found.article.date.date().isoformat() == "2025-03-14"
    assert found.article.author == (story.author if chrome in SIGNED else "")
