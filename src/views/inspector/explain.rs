use tongue::say;
use trace::caption;
use trace::exhibit::Exhibit;
use wire::Span;
use yew::prelude::*;

use crate::views::{Act, glossary, svg, ui};

/// What a field says and where that is defined.
pub(super) fn view(exhibit: &Exhibit, field: Option<usize>, act: &Act) -> Html {
    let Some(span) = field.and_then(|field| exhibit.fields.get(field)) else {
        return html! {
            <div class="explained">{ ui::hint(say("Point at an octet or choose a field: what it means stands here.")) }</div>
        };
    };
    html! {
        <div class="explained">
            <h3>{ span.title() }</h3>
            { svg::words("p", "value", &exhibit.value(span)) }
            <p>{ glossary::told(&span.meaning, act) }</p>
            if exhibit.is_instrument(span) {
                { ui::hint(&say!("This page needs it to read and to time an answer from another port: an instrument of its own, not HTTP’s cost. Such lines are {} of this head’s {}.", caption::octets(exhibit.instruments()), caption::count(exhibit.unit.head as u64))) }
            }
            <p class="hint">{ place(span) }{", "}{ ui::reference(span.rfc) }</p>
        </div>
    }
}

/// `octets 2 to 5`, `bit 0 of octet 1`: counted from 0.
fn place(span: &Span) -> String {
    let (from, to) = (span.octets.start, span.octets.end.saturating_sub(1));
    match &span.bits {
        Some(bits) if bits.len() == 1 => say!("bit {} of octet {}", bits.start, from),
        Some(bits) => say!("bits {} to {} of octet {}", bits.start, bits.end - 1, from),
        None if from == to => say!("octet {}", from),
        None => say!("octets {} to {}, {}", from, to, caption::octets(span.octets.len() as u64)),
    }
}
