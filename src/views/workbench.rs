//! The workbench: frames to build, octets to paste, the handshake's arithmetic, rules to break. What is
//! made is taken apart by the same inspector as what crosses the lanes.

mod accept;
mod broken;
mod build;
mod paste;
mod trouble;
mod units;

use tongue::say;
use trace::exhibit::Dissection;
use trace::workbench::{Desk, Tool};
use yew::prelude::*;

use super::inspector::Inspector;
use super::same::Same;
use super::{Act, svg, ui};
use crate::state::{Action, DeskAction};

/// What the workbench needs.
pub struct Props<'a> {
    /// What lies on it.
    pub desk: &'a Desk,
    /// The field that is explained.
    pub field: Option<usize>,
    /// Whether it is a lesson that has set it: the lesson has its own heading, and chooses the tool.
    pub told: bool,
    /// Whether what was made fits a link.
    pub fits: bool,
    /// Where actions go.
    pub act: Act,
    /// Copies a text.
    pub copy: Callback<String>,
    /// Copies the address.
    pub copy_link: Callback<()>,
    /// Reads a file that the visitor has chosen.
    pub open: Callback<web_sys::File>,
    /// Saves the octets as a file.
    pub save: Callback<()>,
}

/// The workbench.
pub fn view(props: &Props) -> Html {
    let bench = &props.desk.bench;
    let act = props.act.reform(Action::Desk);
    let tool = match bench.tool {
        Tool::Build => build::view(&bench.draft, &act),
        Tool::Paste => paste::view(&bench.paste, &props.open, &act),
        Tool::Accept => accept::view(&bench.machine, &act),
        Tool::Break => broken::view(bench.case, &act),
    };
    let tabs = Tool::ALL.map(|tool| {
        let choose = act.reform(move |_: MouseEvent| DeskAction::Tool(tool));
        ui::switch("tab", tool.name(), tool == bench.tool, choose)
    });
    html! {
        <div class="workbench">
            if !props.told {
                <div class="hero">
                    { svg::words("h1", "", say("Make octets. Break them.")) }
                    { svg::words("p", "", say("Everything here goes through the codec that runs the lanes.")) }
                </div>
                <div class="tabs" role="group" aria-label={say("Tools")}>{ for tabs }</div>
            }
            <section class="tool" aria-label={bench.tool.name()}>{ tool }</section>
            if let Some(complaint) = &props.desk.complaint {
                <p class="notice" role="status">{ complaint }</p>
            }
            { trouble::view(&props.desk.dissection) }
            { octets(props, &act) }
        </div>
    }
}

fn octets(props: &Props, act: &Callback<DeskAction>) -> Html {
    let dissection: &std::rc::Rc<Dissection> = &props.desk.dissection;
    let shown = props.desk.shown();
    let title = dissection.exhibits.get(shown).map(|exhibit| exhibit.title());
    let save = props.save.reform(|_: MouseEvent| ());
    let paste = act.reform(|_: MouseEvent| DeskAction::TakeOver);
    html! {
        <section class="octets open" aria-label={say("Octets")}>
            <div class="octets-head">
                { svg::words("h2", "", title.as_deref().unwrap_or(say("No octets yet"))) }
                if title.is_some() {
                    { ui::button("chip", say("Save as a file"), save) }
                    if props.desk.bench.tool != Tool::Paste {
                        { ui::button("chip", say("Edit as hex"), paste) }
                    }
                }
            </div>
            if !props.fits {
                { ui::hint(say("This is too long for a link of 2,000 characters. Save it as a file; “Open a file” brings it back.")) }
            }
            if title.is_none() {
                { ui::hint(say("What you make above is taken apart here, octet by octet.")) }
            }
            { units::view(dissection, shown, act) }
            <Inspector dissection={Same::of(dissection)} {shown} field={props.field} copy={props.copy.clone()}
                act={props.act.clone()} show={act.reform(DeskAction::Unit)} copy_link={props.fits.then(|| props.copy_link.clone())} />
        </section>
    }
}
