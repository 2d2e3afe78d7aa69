//! The drawer with the octets of the selected mark, taken apart.

use std::rc::Rc;
use tongue::say;

use trace::caption;
use trace::event::{Event, Layer};
use trace::exhibit::Dissection;
use trace::workbench::Desk;
use yew::prelude::*;

use super::inspector::Inspector;
use super::same::Same;
use super::{Act, ui};
use crate::state::{Action, DeskAction};

/// What the drawer shows.
pub struct Props {
    /// The selected event.
    pub event: Option<Rc<Event>>,
    /// Whether the run has come to it.
    pub sent: bool,
    /// Its connection, taken apart, and which of its units it is.
    pub exhibit: Option<(Rc<Dissection>, usize)>,
    /// Selects the event that is another unit of it.
    pub show: Callback<usize>,
    /// The field that is explained.
    pub field: Option<usize>,
    /// Where actions go.
    pub act: Act,
    /// Copies a text.
    pub copy: Callback<String>,
    /// Copies the address; `None`: it is too long for one.
    pub copy_link: Option<Callback<()>>,
}

/// The drawer, with nothing in it.
pub fn nothing() -> Html {
    html! {
        <section class="octets" aria-label={say("Octets")}>
            { ui::hint(say("Select a mark in a ladder or a row of a table to see its octets.")) }
        </section>
    }
}

/// What lies on the workbench, without the tools.
pub fn alone(desk: &Desk, field: Option<usize>, act: &Act) -> Html {
    let show = act.reform(|unit| Action::Desk(DeskAction::Unit(unit)));
    html! {
        <section class="octets open" aria-label={say("Octets")}>
            <Inspector dissection={Same::of(&desk.dissection)} shown={desk.shown()} {field} copy={Callback::noop()}
                act={act.clone()} {show} copy_link={None::<Callback<()>>} />
        </section>
    }
}

/// The drawer.
pub fn view(props: &Props) -> Html {
    let Some(event) = &props.event else { return nothing() };
    let close = props.act.reform(|_: MouseEvent| Action::Select(None));
    let times = event.times;
    let passage = say!(
        "First octet sent {}, last {}; first received {}, last {}.",
        caption::stamp(times.sent_first),
        caption::stamp(times.sent_last),
        caption::stamp(times.received_first),
        caption::stamp(times.received_last)
    );
    html! {
        <section class="octets open" aria-label={say("Octets")}>
            <div class="octets-head">
                <h2>{ caption::title(event) }</h2>
                { ui::button("chip", say("Close"), close) }
            </div>
            { ui::hint(&passage) }
            { body(props, event) }
        </section>
    }
}

fn body(props: &Props, event: &Event) -> Html {
    if !props.sent {
        return ui::hint(say("It has not been sent yet."));
    }
    if let Some((dissection, shown)) = &props.exhibit {
        return html! {
            <Inspector dissection={Same::of(dissection)} shown={*shown} field={props.field} copy={props.copy.clone()}
                act={props.act.clone()} show={props.show.clone()} copy_link={props.copy_link.clone()} />
        };
    }
    let why = match event.layer {
        Layer::Http | Layer::WebSocket => {
            say("Nobody saw its octets: a page’s script is not told them, and this server has no tap.")
        }
        Layer::Application => say("Nothing crosses the connection here: somebody speaks, or has heard."),
        Layer::Tls => say("The handshake of TLS is modelled by its sizes, not drawn."),
        Layer::Tcp => say("It carries no octets of ours: TCP’s own headers are modelled, not drawn."),
    };
    ui::hint(why)
}
