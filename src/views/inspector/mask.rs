use tongue::{say, word};
use trace::caption;
use trace::exhibit::Exhibit;
use yew::prelude::*;

use crate::views::{svg, ui};

/// How the payload is unmasked, octet by octet.
pub(super) fn view(exhibit: &Exhibit) -> Html {
    let Some(key) = exhibit.key() else { return Html::default() };
    let payload = &exhibit.unit.content;
    if payload.is_empty() {
        return Html::default();
    }
    let shown = payload.len().min(MOST);
    let wire = exhibit.unit.octets.get(exhibit.unit.head..).unwrap_or_default();
    let hex = |octet: u8| format!("{octet:02x}");
    let rows: [(&str, Vec<String>); 4] = [
        (say("On the wire"), wire.iter().take(shown).map(|octet| hex(*octet)).collect()),
        (say("XOR the key"), (0..shown).map(|at| hex(key[at % 4])).collect()),
        (say("Unmasked"), payload.iter().take(shown).map(|octet| hex(*octet)).collect()),
        (say("As text"), payload.iter().take(shown).map(|octet| letter(*octet)).collect()),
    ];
    let table = html! {
        <table class="xor" aria-label={say("Unmasking, octet by octet")}>
            <tbody>
                for (name, cells) in rows {
                    <tr>{ ui::cells(Some(name), &cells) }</tr>
                }
            </tbody>
        </table>
    };
    html! {
        <details class="mask" open=true>
            <summary>{say("Mask")}</summary>
            { ui::scroll(say("Unmasking, scrollable"), table) }
            if payload.len() > MOST {
                { ui::hint(&say!("The first {} of {} of payload; the key starts over every four.", MOST, caption::octets(payload.len() as u64))) }
            }
            { svg::words("p", "hint", say(WHY)) }
        </details>
    }
}

fn letter(octet: u8) -> String {
    match octet {
        0x20..=0x7e => char::from(octet).to_string(),
        _ => "·".to_owned(),
    }
}

/// Octets shown at most.
const MOST: usize = 64;

const WHY: &str = word!(
    "Why: a script may choose every octet of a message, and could choose some that a careless proxy takes for an HTTP request, and store a false answer for everybody. A key that the script cannot foresee makes the octets on the wire unforeseeable, too. The key is sent along, so the mask hides nothing (RFC 6455 section 10.3)."
);
