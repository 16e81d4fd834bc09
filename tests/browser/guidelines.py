"""What of WCAG 2.2 AA can be measured on a page as it stands in a browser.

Each function gives what is wrong, in words that name the element; nothing where all is well. axe
(`serious_findings`) looks at names, roles and contrast; these look at what it does not: sizes,
where the focus goes and whether it can be seen, headings, tables, and high contrast.
"""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page

LEAST_TARGET = 24
"""CSS pixels (2.5.8)."""
MOST_TABS = 700
"""More stops than any page has: a focus that has not come round by then is trapped."""

_NAMED = """
const named = (el) => el.outerHTML.slice(0, 110);
const seen = (el) => el.checkVisibility({visibilityProperty: true, opacityProperty: true})
  && el.getClientRects().length > 0;
"""

_SMALL_TARGETS = """(least) => { NAMED
  const targets = [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, audio[controls]')];
  const small = [];
  for (const el of targets.filter(seen)) {
    if (el.matches('.skip')) continue;
    const target = el.closest('label.choice') || el;
    const box = target.getBoundingClientRect();
    if (box.width >= least - .5 && box.height >= least - .5) continue;
    // A link in a sentence is as high as its line (the guideline's own exception).
    const around = el.parentElement.innerText || '';
    const inSentence = getComputedStyle(el).display === 'inline'
      && around.replace(el.innerText, '').trim().length > 0;
    if (inSentence) continue;
    small.push(`${Math.round(box.width)}x${Math.round(box.height)}: ${named(el)}`);
  }
  return small;
}""".replace("NAMED", _NAMED)

_STRUCTURE = """() => { NAMED
  const wrong = [];
  const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(seen);
  let before = 0;
  for (const el of headings) {
    const level = Number(el.tagName[1]);
    if (level > before + 1) wrong.push(`a heading skips a level: ${named(el)}`);
    if (!el.innerText.trim()) wrong.push(`an empty heading: ${named(el)}`);
    before = level;
  }
  if (document.querySelectorAll('h1').length !== 1) wrong.push('there is not one h1');
  if (document.querySelectorAll('main').length !== 1) wrong.push('there is not one main');
  if (!document.documentElement.lang) wrong.push('no language');
  for (const el of document.querySelectorAll('[lang]')) {
    try { Intl.getCanonicalLocales(el.lang); }
    catch { wrong.push(`no such language: ${named(el)}`); }
  }
  for (const table of document.querySelectorAll('table')) {
    if (!table.caption?.textContent.trim()) wrong.push(`no caption: ${named(table)}`);
    for (const th of table.querySelectorAll('th'))
      if (!['row', 'col'].includes(th.scope)) wrong.push(`th without scope: ${named(th)}`);
    for (const tr of table.tBodies[0]?.rows ?? [])
      if (!tr.querySelector('th')) wrong.push(`a row without a head: ${named(tr)}`);
  }
  for (const el of document.querySelectorAll('[aria-labelledby], [aria-describedby]'))
    for (const name of ['aria-labelledby', 'aria-describedby'])
      for (const id of (el.getAttribute(name) || '').split(' ').filter(Boolean))
        if (!document.getElementById(id)) wrong.push(`nothing is called ${id}: ${named(el)}`);
  for (const el of document.querySelectorAll('a[aria-label], button[aria-label]'))
    if (!el.ariaLabel.includes(el.innerText.trim())) wrong.push(`called otherwise: ${named(el)}`);
  const ids = [...document.querySelectorAll('[id]')].map((el) => el.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) wrong.push(`twice: ${id}`);
  for (const el of document.querySelectorAll('a[href^="#"]'))
    if (!document.getElementById(el.hash.slice(1))) wrong.push(`leads nowhere: ${named(el)}`);
  return [...new Set(wrong)];
}""".replace("NAMED", _NAMED)

_FOCUSED = """() => { NAMED
  const el = document.activeElement;
  if (!el || el === document.body || el === document.documentElement) return null;
  if (el.tagName === 'AUDIO' || el.tagName === 'VIDEO') return {key: named(el), wrong: ''};
  window.focusNumbers ??= new Map();
  if (!window.focusNumbers.has(el)) window.focusNumbers.set(el, window.focusNumbers.size);
  const key = `${window.focusNumbers.get(el)}`;
  const target = el.closest('label.choice') || el;
  const drawn = [el, target].some((each) => {
    const style = getComputedStyle(each);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  });
  if (!drawn) return {key, wrong: `no ring: ${named(el)}`};
  // A part of it must be on the screen and on top (2.4.11).
  for (const box of target.getClientRects())
    for (const across of [.02, .25, .5, .75, .98])
      for (const down of [.1, .5, .9]) {
        const on = document.elementFromPoint(
          box.left + box.width * across, box.top + box.height * down);
        if (on && target.contains(on)) return {key, wrong: ''};
      }
  return {key, wrong: `out of sight: ${named(el)}`};
}""".replace("NAMED", _NAMED)

_ILLEGIBLE = """() => { NAMED
  const channel = (of255) => {
    const c = of255 / 255;
    return c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4;
  };
  const parts = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
  const contrast = (one, two) => {
    const [a, b] = [light(one), light(two)].sort((x, y) => y - x);
    return (a + .05) / (b + .05);
  };
  const behind = (el) => {
    for (let each = el; each; each = each.parentElement) {
      const found = parts(getComputedStyle(each).backgroundColor);
      if (found.length === 3 || found[3] === 1) return found;
    }
    return matchMedia('(prefers-color-scheme: dark)').matches ? [0, 0, 0] : [255, 255, 255];
  };
  const wrong = [];
  for (const el of document.querySelectorAll('body *')) {
    if (!seen(el) || el.closest('.unseen, option')) continue;
    const says = [...el.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!says) continue;
    const style = getComputedStyle(el);
    const drawn = el instanceof SVGElement;
    // Squares of a drawing have colours of their own, which their words repeat beside it.
    if (drawn && el.closest('.heat-picture, title')) continue;
    const ratio = contrast(parts(drawn ? style.fill : style.color), behind(el));
    if (ratio < 4.5) wrong.push(`${ratio.toFixed(1)}: ${named(el)}`);
  }
  return wrong;
}""".replace("NAMED", _NAMED)

_BORDERLESS = """() => { NAMED
  return [...document.querySelectorAll(
    'button, .button, input:not([type=hidden]), select, textarea')]
    .filter(seen)
    .filter((el) => !el.matches('[type=radio], [type=checkbox], [type=file], .plain, .change *'))
    .filter((el) => {
      const style = getComputedStyle(el);
      return style.borderTopStyle === 'none' || parseFloat(style.borderTopWidth) < 1;
    }).map(named);
}""".replace("NAMED", _NAMED)


def small_targets(page: Page) -> list[str]:
    """What is smaller than a finger needs (2.5.8)."""
    found: list[str] = page.evaluate(_SMALL_TARGETS, LEAST_TARGET)
    return found


def faults_of_structure(page: Page) -> list[str]:
    """Headings, tables, languages and names (1.3.1, 2.4.6, 2.5.3, 3.1.2)."""
    found: list[str] = page.evaluate(_STRUCTURE)
    return found


def sideways(page: Page) -> list[str]:
    """How far the page stands out at its side (1.4.10); tables have a frame of their own."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [f"{wide} pixels too wide"] if wide > 0 else []


def hidden_stops(page: Page) -> list[str]:
    """Stops of the Tab key that show no ring, or are behind something (2.4.7, 2.4.11, 2.1.2)."""
    page.evaluate("document.activeElement?.blur(); window.scrollTo(0, 0)")
    return list(dict.fromkeys(_stops(page)))


def _stops(page: Page) -> Iterator[str]:
    visited: set[str] = set()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        stop: dict[str, Any] | None = page.evaluate(_FOCUSED)
        if stop is None or stop["key"] in visited:
            if not visited:
                yield "nothing can be reached"
            return
        visited.add(stop["key"])
        if stop["wrong"]:
            yield stop["wrong"]
    yield "the focus does not come round"


def illegible_words(page: Page) -> list[str]:
    """Words with too little contrast to what is behind them, in the colours that are on (1.4.3)."""
    found: list[str] = page.evaluate(_ILLEGIBLE)
    return found


def without_border(page: Page) -> list[str]:
    """Fields and buttons that only a background set apart, which high contrast takes away."""
    found: list[str] = page.evaluate(_BORDERLESS)
    return found
