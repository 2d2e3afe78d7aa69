//! Marks that are not text stand out from what they stand on by 3:1 at least (WCAG 1.4.11), as the browser has
//! computed their colours: a colour that is see-through counts as what it looks like.

use anyhow::{Context, Result, ensure};
use e2e::browser::Look;
use e2e::page::Page;
use e2e::show::play;
use e2e::stage::Setting;
use e2e::views::VIEWS;
use serde_json::json;
use thirtyfour::Key;

#[tokio::test(flavor = "multi_thread")]
async fn of_every_mark() {
    check("contrast_marks", async |page| none(page, MARKS).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_every_control_and_key() {
    check("contrast_controls", async |page| none(page, CONTROLS).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_every_focus() {
    check("contrast_focus", async |page| {
        // Whoever has used the Tab key sees where a script puts the focus.
        page.type_keys(Key::Tab + "").await?;
        none(page, OUTLINES).await
    })
    .await;
}

async fn check(name: &'static str, judge: impl AsyncFn(&Page) -> Result<i64> + 'static) {
    play(name, Setting::default(), Look::default(), move |show| async move {
        let (mut found, mut seen) = (Vec::new(), 0);
        for dark in [false, true] {
            show.page.look(Look { dark, ..Look::default() }).await?;
            for view in VIEWS {
                show.open(view).await?;
                match judge(&show.page).await {
                    Ok(count) => seen += count,
                    Err(flaw) => {
                        found.push(format!("#{view}{}: {flaw:#}", if dark { " in the dark" } else { "" }));
                    }
                }
            }
        }
        ensure!(found.is_empty(), "{}", found.join("\n"));
        ensure!(seen > 100, "only {seen} were looked at");
        Ok(())
    })
    .await;
}

/// Runs a script that counts what it has looked at and names what is too weak.
async fn none(page: &Page, script: &str) -> Result<i64> {
    let found = page.js_with(&format!("{COLOURS}{script}"), vec![json!(MEANT.join(","))]).await?;
    let (seen, weak) = (found[0].as_i64().context("a count")?, found[1].as_array().context("a list")?);
    ensure!(weak.is_empty(), "too weak: {}", json!(weak));
    Ok(seen)
}

/// What tells nothing that other marks or words do not tell.
const MEANT: &[&str] = &[
    // Helps the eye from a mark to the time or the number, which stand there as text.
    ".grid",
    // The surface itself, over what is to come or behind words.
    ".curtain",
    ".cover",
    ".qr-paper",
    // Shades where both may speak; the lines at its sides say that.
    ".field-open",
    // Only catches the pointer.
    ".reach",
    // The torn line across it is the mark.
    ".silence",
    // Its words say by how much time is stretched.
    "rect.stretch",
    // Stands on white in every theme.
    ".qr-dark",
];

/// Colours as the eye has them. `over` puts one on another, `surface` is what lies behind an element, `ratio`
/// compares two as WCAG defines it, `strength` is the share of a mark that is not see-through.
const COLOURS: &str = "
    const parse = text => {
        const parts = (text.match(/[\\d.]+(e-?\\d+)?/g) ?? []).map(Number);
        if (!/^(rgb|color\\(srgb)/.test(text)) return null;
        const [r, g, b, a = 1] = parts, scale = text.startsWith('color') ? 255 : 1;
        return [r * scale, g * scale, b * scale, a];
    };
    const over = (front, back) => [0, 1, 2].map(at => front[at] * front[3] + back[at] * (1 - front[3])).concat(1);
    const surface = it => {
        if (!it) return [255, 255, 255, 1];
        const own = parse(getComputedStyle(it).backgroundColor);
        if (it instanceof SVGElement || !own || own[3] === 0) return surface(it.parentElement);
        return own[3] === 1 ? own : over(own, surface(it.parentElement));
    };
    const light = colour => [.2126, .7152, .0722].reduce((sum, weight, at) => {
        const share = colour[at] / 255;
        return sum + weight * (share <= .04045 ? share / 12.92 : ((share + .055) / 1.055) ** 2.4);
    }, .05);
    const ratio = (one, other) => {
        const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
        return bright / dark;
    };
    const strength = it => it ? getComputedStyle(it).opacity * strength(it.parentElement) : 1;
    const contrast = (text, it, behind, share = 1) => {
        const colour = parse(text);
        if (!colour || colour[3] === 0) return null;
        return ratio(over([...colour.slice(0, 3), colour[3] * share * strength(it)], behind), behind);
    };
    const drawn = it => { const box = it.getBoundingClientRect(); return it.checkVisibility() && box.width + box.height > 0; };
    const name = it => `${it.tagName.toLowerCase()}.${it.parentElement.getAttribute('class') ?? ''} > .${it.getAttribute('class') ?? ''}`;
    const weak = new Set();
    const tell = (it, best) => { if (best < 3) weak.add(`${name(it)} ${best.toFixed(2)}`); };
    let seen = 0;
";

/// Every shape of every picture: its fill or its outline.
const MARKS: &str = "
    for (const it of document.querySelectorAll('svg :is(line, rect, path, polyline, polygon, circle, ellipse)')) {
        if (it.matches(arguments[0]) || it.closest('defs, pattern, clipPath') || !drawn(it)) continue;
        const style = getComputedStyle(it), behind = surface(it);
        const found = [contrast(style.fill, it, behind, style.fillOpacity)];
        if (parseFloat(style.strokeWidth) > 0) found.push(contrast(style.stroke, it, behind, style.strokeOpacity));
        const told = found.filter(it => it !== null);
        if (!told.length) continue;
        seen += 1;
        tell(it, Math.max(...told));
    }
    return [seen, [...weak]];";

/// Borders of what is written into and chosen from, where a border is its sign, and keys to colours.
const CONTROLS: &str = "
    const native = '[type=range], [type=radio], [type=checkbox], [type=file]';
    for (const it of document.querySelectorAll('input, textarea, select')) {
        if (it.matches(native) || it.disabled || !drawn(it)) continue;
        const style = getComputedStyle(it), behind = surface(it.parentElement);
        const border = contrast(style.borderBottomColor, it, behind);
        // A choice without a border still has the browser's own arrow.
        if (border === null && it.matches('select')) continue;
        seen += 1;
        tell(it, border ?? 1);
    }
    for (const it of document.querySelectorAll('.dot, .key:not(.framing), .note-number')) {
        if (!drawn(it)) continue;
        seen += 1;
        tell(it, contrast(getComputedStyle(it).backgroundColor, it, surface(it.parentElement)) ?? 1);
    }
    return [seen, [...weak]];";

/// What shows where the focus is: an outline of the control, or of a part round it.
const OUTLINES: &str = "
    const outline = it => ['Style', 'Color', 'Width'].map(part => getComputedStyle(it)[`outline${part}`]).join(' ');
    for (const it of document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')) {
        document.activeElement?.blur();
        if (it.tabIndex < 0 || it.disabled || !drawn(it)) continue;
        const before = outline(it);
        it.focus();
        if (document.activeElement !== it) continue;
        seen += 1;
        let part = it;
        const hidden = part => getComputedStyle(part).outlineStyle === 'none' || strength(part) === 0;
        while (part && hidden(part)) part = part.parentElement;
        if (!part) { weak.add(`${name(it)} has none`); continue; }
        if (part === it && outline(it) === before) weak.add(`${name(it)} looks the same without`);
        const style = getComputedStyle(part), inside = parseFloat(style.outlineOffset) < 0;
        tell(it, contrast(style.outlineColor, part, surface(inside ? part : part.parentElement)) ?? 1);
    }
    return [seen, [...weak]];";
