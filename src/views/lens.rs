//! What of the picture is looked at: buttons for layers, silence and zoom.

use tongue::say;
use trace::layout::{Group, Layers, TimeMap};
use yew::prelude::*;

use super::{Act, svg, ui};
use crate::state::{Action, CameraAction};

/// What the buttons show.
pub struct Props<'a> {
    /// The layers that are on.
    pub layers: Layers,
    /// Time to height.
    pub map: &'a TimeMap,
    /// Whether there is silence to collapse.
    pub silent: bool,
    /// Where actions go.
    pub act: Act,
}

/// The buttons.
pub fn view(props: &Props) -> Html {
    let whole = props.map.is_whole();
    let to = |action: CameraAction| props.act.reform(move |_: MouseEvent| Action::Camera(action));
    let zoom = [
        (say("Zoom in"), "+", CameraAction::ZoomIn, false),
        (say("Zoom out"), "−", CameraAction::ZoomOut, whole),
        (say("Earlier"), "↑", CameraAction::Pan(-HALF_A_PAGE), props.map.view().from == 0),
        (say("Later"), "↓", CameraAction::Pan(HALF_A_PAGE), props.map.view().to == props.map.end()),
    ];
    let collapsed = !props.map.silences().is_empty();
    html! {
        <div class="lens">
            <div class="choices" role="group" aria-label={say("Layers")}>
                { svg::words("span", "hint", say("Layers")) }
                for group in Group::ALL {
                    { ui::switch("chip", group.name(), props.layers.has(group), to(CameraAction::Fold(group))) }
                }
            </div>
            <div class="choices" role="group" aria-label={say("Time shown")}>
                if props.silent {
                    { ui::switch("chip", say("Collapse silence"), collapsed, to(CameraAction::Collapse(!collapsed))) }
                }
                for (name, face, action, idle) in zoom {
                    <button type="button" class="step" title={name} aria-label={name} aria-disabled={idle.to_string()} onclick={to(action)}>{ face }</button>
                }
                <button type="button" class="chip" aria-disabled={whole.to_string()} onclick={to(CameraAction::Whole)}>{say("Whole run")}</button>
            </div>
        </div>
    }
}

/// How far Earlier and Later go.
pub const HALF_A_PAGE: f64 = 0.5;
