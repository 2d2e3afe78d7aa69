use tongue::say;
use trace::caption;
use trace::exhibit::Dissection;
use wire::Sender;
use yew::prelude::*;

use crate::state::DeskAction;
use crate::views::ui;

/// What was sent, unit by unit, where there is more than one.
pub(super) fn view(dissection: &Dissection, shown: usize, act: &Callback<DeskAction>) -> Html {
    let unfinished =
        dissection.unfinished.filter(|_| dissection.trouble.is_none()).map(|(octets, sender)| {
            let octets = caption::octets(octets as u64);
            ui::hint(&say!("The last {} from the {} begin something whose end is missing.", octets, sender))
        });
    if dissection.exhibits.len() < 2 {
        return unfinished.unwrap_or_default();
    }
    let unit = |(place, exhibit): (usize, &std::rc::Rc<trace::exhibit::Exhibit>)| {
        let onclick = act.reform(move |_: MouseEvent| DeskAction::Unit(place));
        let arrow = if exhibit.unit.sender == Sender::Client {
            say("client → server")
        } else {
            say("server → client")
        };
        let class = classes!("unit", exhibit.culprit.map(|_| "culprit"));
        html! {
            <li key={place}>
                <button type="button" {class} aria-current={(place == shown).then_some("true")} {onclick}>
                    { exhibit.title() }<span class="hint">{ format!(" {arrow}, {}", caption::octets(exhibit.unit.wire_octets())) }</span>
                </button>
            </li>
        }
    };
    html! {
        <>
            <ol class="units scroll" aria-label={say("Units")}>
                { for dissection.exhibits.iter().enumerate().take(MOST).map(unit) }
            </ol>
            if dissection.exhibits.len() > MOST {
                { ui::hint(&say!("The first {} of {} units are listed.", MOST, caption::count(dissection.exhibits.len() as u64))) }
            }
            { for unfinished }
        </>
    }
}

/// Units listed at most.
const MOST: usize = 300;
