//! The drawer with the octets of the selected mark, in hexadecimal and as text.

use std::rc::Rc;

use trace::caption;
use trace::event::Event;
use yew::prelude::*;

use super::ui;

/// What the drawer shows.
pub struct Props {
    /// The selected event.
    pub event: Option<Rc<Event>>,
    /// Closes the drawer.
    pub close: Callback<()>,
    /// Copies a text.
    pub copy: Callback<String>,
}

/// The drawer.
pub fn view(props: &Props) -> Html {
    let Some(event) = &props.event else {
        return html! {
            <section class="octets" aria-label="Octets">
                <p class="hint">{"Select a mark in a ladder or a row of a table to see its octets."}</p>
            </section>
        };
    };
    let close = props.close.reform(|_: MouseEvent| ());
    let times = event.times;
    let passage = format!(
        "First octet sent {}, last {}; first received {}, last {}.",
        caption::stamp(times.sent_first),
        caption::stamp(times.sent_last),
        caption::stamp(times.received_first),
        caption::stamp(times.received_last)
    );
    html! {
        <section class="octets open" aria-label="Octets">
            <div class="octets-head">
                <h2>{ caption::title(event) }</h2>
                { ui::button("chip", "Close", close) }
            </div>
            <p class="hint">{ passage }</p>
            { body(props, event) }
        </section>
    }
}

fn body(props: &Props, event: &Event) -> Html {
    let Some(raw) = &event.raw else {
        return html! { <p>{"It carries no octets of ours: TCP's own headers are modelled, not drawn."}</p> };
    };
    let shown = &raw[..raw.len().min(MOST)];
    let known = |at: usize| !event.unknown.iter().any(|range| range.contains(&at));
    let hex = hex_of(shown, known);
    let copy = props.copy.reform(move |_: MouseEvent| hex.clone());
    html! {
        <>
            { ui::button("chip", "Copy as hex", copy) }
            <div class="scroll" tabindex="0" role="group" aria-label="Hexadecimal and text">
            <table class="dump" aria-label="Octets in hexadecimal and as text">
                { ui::head(&["Offset", "Hexadecimal", "Text"]) }
                <tbody>
                    for (line, octets) in shown.chunks(ROW).enumerate() {
                        <tr key={line}>
                            <td>{ line * ROW }</td>
                            <td>{ hex_of(octets, |at| known(line * ROW + at)) }</td>
                            <td>{ text_of(octets, |at| known(line * ROW + at)) }</td>
                        </tr>
                    }
                </tbody>
            </table>
            </div>
            if raw.len() > MOST {
                <p class="hint">{ format!("The first {} of {} are shown.", caption::count(MOST as u64), caption::octets(raw.len() as u64)) }</p>
            }
        </>
    }
}

/// Two digits an octet; `??` for one that nobody can know.
fn hex_of(octets: &[u8], known: impl Fn(usize) -> bool) -> String {
    let pairs: Vec<String> = octets
        .iter()
        .enumerate()
        .map(|(at, octet)| if known(at) { format!("{octet:02x}") } else { "??".to_owned() })
        .collect();
    pairs.join(" ")
}

/// Printable ASCII as it is, CR and LF as symbols, everything else as a dot.
fn text_of(octets: &[u8], known: impl Fn(usize) -> bool) -> String {
    let letter = |(at, &octet): (usize, &u8)| match octet {
        _ if !known(at) => '?',
        b'\r' => '␍',
        b'\n' => '␊',
        0x20..=0x7e => char::from(octet),
        _ => '·',
    };
    octets.iter().enumerate().map(letter).collect()
}

/// Octets in a row.
const ROW: usize = 16;

/// Octets shown at most.
const MOST: usize = 4_096;
