use std::ops::Range;
use tongue::say;

use trace::caption;
use trace::exhibit::Exhibit;
use yew::prelude::*;

use super::class;
use crate::views::{svg, ui};

/// The octets in hexadecimal and as text, each part of the field that it belongs to.
pub(super) fn view(
    exhibit: &Exhibit,
    lit: Option<usize>,
    chosen: Option<usize>,
    explain: &Callback<Option<usize>>,
) -> Html {
    let octets = &exhibit.unit.octets;
    let shown = octets.len().min(MOST);
    let owners = owners(exhibit, shown);
    let rows = (0..shown).step_by(ROW).map(|start| {
        let row = start..(start + ROW).min(shown);
        let part =
            |write: fn(&Exhibit, Range<usize>) -> String| runs(exhibit, &owners, row.clone(), lit, write);
        html! {
            <tr key={start}>
                <td>{ format!("{start:04x}") }</td>
                <td>{ for part(hex) }</td>
                <td>{ for part(text) }</td>
            </tr>
        }
    });
    html! {
        <>
            <div class="scroll dump-box" tabindex="0" role="group" aria-label={say("Hexadecimal and text; arrow keys move from field to field")}
                onkeydown={keys(exhibit.fields.len(), chosen, explain)}>
                <table class="dump" aria-label={say("Octets in hexadecimal and as text")}>
                    { ui::head(&[say("Offset"), say("Hexadecimal"), say("Text")]) }
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
            if octets.len() > MOST {
                { ui::hint(&say!("The first {} of {} are shown.", caption::count(MOST as u64), caption::octets(octets.len() as u64))) }
            }
        </>
    }
}

/// Arrow keys move the chosen field.
pub(super) fn keys(
    fields: usize,
    chosen: Option<usize>,
    explain: &Callback<Option<usize>>,
) -> Callback<KeyboardEvent> {
    let explain = explain.clone();
    Callback::from(move |event: KeyboardEvent| {
        let Some(last) = fields.checked_sub(1) else { return };
        let to = match (event.key().as_str(), chosen) {
            ("ArrowRight" | "ArrowDown", None) | ("Home", _) => Some(0),
            ("ArrowRight" | "ArrowDown", Some(at)) => Some((at + 1).min(last)),
            ("ArrowLeft" | "ArrowUp", None) | ("End", _) => Some(last),
            ("ArrowLeft" | "ArrowUp", Some(at)) => Some(at.saturating_sub(1)),
            ("Escape", Some(_)) => None,
            _ => return,
        };
        event.prevent_default();
        explain.emit(to);
    })
}

/// For each octet the first field that it belongs to.
fn owners(exhibit: &Exhibit, shown: usize) -> Vec<usize> {
    let mut owners = vec![0; shown];
    for (field, span) in exhibit.fields.iter().enumerate().rev() {
        if let Some(own) = owners.get_mut(span.octets.start..span.octets.end.min(shown)) {
            own.fill(field);
        }
    }
    owners
}

/// A row's runs of octets that belong together.
fn runs(
    exhibit: &Exhibit,
    owners: &[usize],
    row: Range<usize>,
    lit: Option<usize>,
    write: fn(&Exhibit, Range<usize>) -> String,
) -> Vec<Html> {
    let mut runs = Vec::new();
    let mut at = row.start;
    while at < row.end {
        let own = owners[at];
        let end = (at..row.end).find(|&next| owners[next] != own).unwrap_or(row.end);
        let over = |field: Option<usize>| {
            field.and_then(|field| exhibit.fields.get(field)).is_some_and(|span| span.octets.contains(&at))
        };
        let parity = if own.is_multiple_of(2) { "even" } else { "odd" };
        let values = vec![format!("{parity} {}", class(over(lit), over(exhibit.culprit))), own.to_string()];
        // Where room is short, a row is shown in two lines.
        let half = (row.start + ROW / 2).clamp(at, end);
        let words = [at..half, half..end].map(|part| Html::from(write(exhibit, part)));
        let [first, second] = words;
        let parts = if half == row.start + ROW / 2 && half < end {
            vec![first, html! { <br class="half" /> }, second]
        } else {
            vec![first, second]
        };
        runs.push(svg::element("span", &["class", "data-field"], values, parts));
        at = end;
    }
    runs
}

/// Two digits an octet; `??` for one that nobody can know.
fn hex(exhibit: &Exhibit, octets: Range<usize>) -> String {
    let pair = |at: usize| match exhibit.unit.octets.get(at) {
        Some(octet) if exhibit.knows(at) => format!("{octet:02x} "),
        _ => "?? ".to_owned(),
    };
    octets.map(pair).collect()
}

/// Printable ASCII as it is, CR and LF as arrows, everything else as a dot.
fn text(exhibit: &Exhibit, octets: Range<usize>) -> String {
    let letter = |at: usize| match exhibit.unit.octets.get(at) {
        Some(_) if !exhibit.knows(at) => '?',
        Some(b'\r') => '←',
        Some(b'\n') => '↵',
        Some(octet @ 0x20..=0x7e) => char::from(*octet),
        _ => '·',
    };
    octets.map(letter).collect()
}

/// Octets in a row.
const ROW: usize = 16;

/// Octets shown at most.
const MOST: usize = 4_096;
