//! Where the focus is, and whether it can be seen there.

use anyhow::{Result, bail, ensure};
use thirtyfour::Key;

use crate::page::Page;

/// Goes from control to control by Tab until the first comes again, or the browser takes the focus.
///
/// # Errors
/// If one is outside of the window or covered as a whole (WCAG 2.4.11), or if Tab does not lead on.
pub async fn round(page: &Page) -> Result<()> {
    let mut last = None;
    for step in 0..600 {
        page.type_keys(Key::Tab + "").await?;
        let now = page.js(&format!("{FOCUS} return now;")).await?;
        let place = now["place"].as_i64();
        // Behind the last comes the first, or the browser's own bars.
        if step > 0 && (place == Some(0) || place.is_none() || (place == last && now["last"] == true)) {
            return Ok(());
        }
        ensure!(place != last, "Tab does not lead on from {now}");
        ensure!(now["seen"] == true, "the focus cannot be seen at {now}");
        last = place;
    }
    bail!("Tab leads round in circles")
}

/// A script that leaves `now`: the name of what has the focus, its place among all that can have it, and whether
/// any of it can be seen; and `all` that can have it, with `named` as a name for each. What is drawn for a
/// control is its label, where it is not drawn itself.
pub const FOCUS: &str = "
    const own = document.activeElement;
    const words = it => {
        const copy = it?.cloneNode(true);
        copy?.querySelectorAll('[aria-hidden=true], select').forEach(part => part.remove());
        return (copy?.textContent ?? '').trim();
    };
    const named = it => it.getAttribute('aria-label') ?? (it.labels?.[0] ? words(it.labels[0]) : words(it));
    const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
        .filter(it => it.tabIndex >= 0 && !it.disabled && it.checkVisibility({visibilityProperty: true}));
    const drawn = getComputedStyle(own).opacity === '0' ? own.labels[0] : own;
    const clear = part => {
        const [left, right] = [Math.max(part.left, 0), Math.min(part.right, innerWidth)];
        const [top, bottom] = [Math.max(part.top, 0), Math.min(part.bottom, innerHeight)];
        if (right <= left || bottom <= top) return false;
        const places = [.02, .25, .5, .75, .98];
        return places.some(x => places.some(y => {
            const front = document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y);
            return front && (drawn.contains(front) || front.contains(drawn) && front.matches('label, a, button'));
        }));
    };
    const seen = [...drawn.getClientRects()].some(clear);
    const now = own === document.body ? {name: '', place: null, seen: true, last: false}
        : {name: named(own), place: all.indexOf(own), seen, last: all.at(-1) === own};
";
