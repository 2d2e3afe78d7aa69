use tongue::say;
use trace::caption;
use trace::exhibit::Dissection;
use wire::Opcode;
use yew::prelude::*;

use crate::views::svg;

/// The message that a frame is part of, where it is not the frame alone.
pub(super) fn view(dissection: &Dissection, shown: usize, show: &Callback<usize>) -> Html {
    let Some((message, parts)) = dissection.message(shown) else { return Html::default() };
    let octets = message.content.len() as u64;
    let summary = match parts.len() {
        1 => say!("Message, inflated: {}", caption::octets(octets)),
        many => say!("Message of {} frames: {}", many, caption::octets(octets)),
    };
    html! {
        <details class="whole" open=true>
            <summary>{ summary }</summary>
            if parts.len() > 1 {
                <ol class="parts" aria-label={say("Fragments")}>
                    for &place in &parts {
                        { part(dissection, place, place == shown, show) }
                    }
                </ol>
            }
            if let Some(deflated) = &message.deflated {
                { svg::words("p", "pair", &say!("Deflated, {}", caption::octets(deflated.len() as u64))) }
                { svg::words("pre", "", &hex(deflated)) }
                { svg::words("p", "pair", &say!("Inflated, {}{}", caption::octets(octets), saving(deflated.len(), message.content.len()))) }
            }
            { svg::words("pre", "", &content(message.opcode, &message.content)) }
        </details>
    }
}

fn part(dissection: &Dissection, place: usize, current: bool, show: &Callback<usize>) -> Html {
    let Some(exhibit) = dissection.exhibits.get(place) else { return Html::default() };
    let onclick = show.reform(move |_: MouseEvent| place);
    let payload = caption::octets(exhibit.unit.content.len() as u64);
    html! {
        <li key={place}>
            <button type="button" class="link" aria-current={current.then_some("true")} {onclick}>{ exhibit.title() }</button>
            { " " }{ payload }
        </li>
    }
}

fn saving(deflated: usize, inflated: usize) -> &'static str {
    if deflated >= inflated { say(": compression made it no smaller") } else { "" }
}

fn content(opcode: Opcode, content: &[u8]) -> String {
    let start = &content[..content.len().min(MOST)];
    let more = if content.len() > MOST { " …" } else { "" };
    match opcode {
        Opcode::Text => format!("{}{more}", String::from_utf8_lossy(start)),
        _ => format!("{}{more}", hex(start)),
    }
}

fn hex(octets: &[u8]) -> String {
    let start = octets.iter().take(MOST).map(|octet| format!("{octet:02x}"));
    start.collect::<Vec<_>>().join(" ")
}

/// Octets of a message shown at most.
const MOST: usize = 2_048;
