//! The call-out of one mark: what it is, when, and how large. It appears on hover and on focus alike,
//! may be pointed at, stays until the pointer or the focus leaves, and goes on Escape (WCAG 2.2, 1.4.13).

use tongue::say;
use trace::caption;
use trace::decimal::{held, tenth};
use trace::event::{Event, Stamp};
use trace::layout::Scene;
use trace::trace::Trace;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::ladder::Target;
use super::same::Same;
use super::svg;

/// What the call-out tells of.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The run.
    pub trace: Same<Trace>,
    /// Its shapes on this lane.
    pub scene: Same<Scene>,
    /// The mark.
    pub target: Target,
}

/// The call-out.
#[component]
pub fn Callout(props: &Props) -> Html {
    let node = use_node_ref();
    let place = place(&props.scene, props.target);
    {
        let node = node.clone();
        use_effect_with(place, move |place| {
            if let (Some((low, y)), Some(element)) = (place, node.cast::<HtmlElement>()) {
                let (side, other) = if *low { ("bottom", "top") } else { ("top", "bottom") };
                // Refused only if the style were read-only; then it stands in a corner.
                let _ = element.style().set_property(side, &format!("{}%", tenth(*y)));
                let _ = element.style().set_property(other, "auto");
            }
        });
    }
    let Some((title, lines)) = words(props).filter(|_| place.is_some()) else { return html! {} };
    html! {
        <div class="callout" role="tooltip" ref={node}>
            { svg::words("strong", "", &title) }
            { for lines.iter().map(|line| svg::words("span", "", line)) }
        </div>
    }
}

/// Whether it stands above its mark rather than below, and how far from that edge of the picture, in
/// hundredths of its height.
fn place(scene: &Scene, target: Target) -> Option<(bool, f64)> {
    let height = scene.viewport.height;
    let [top, bottom] = match target {
        Target::Event(event) => {
            let band = scene.bands.iter().find(|band| band.event == event);
            let speech = scene.speeches.iter().find(|speech| speech.event == event);
            let band = band.map(|band| [band.from[0].min(band.to[0]), band.from[1].max(band.to[1])]);
            band.or(speech.map(|speech| [speech.y - 7.0, speech.y + 7.0]))?
        }
        Target::Bin(bin) => scene.bins.get(bin)?.y,
    };
    let (top, bottom) = (held(top, 0.0, height), held(bottom, 0.0, height));
    let low = top > height - bottom;
    let edge = if low { height - top } else { bottom };
    Some((low, (edge + CLEAR) / height * 100.0))
}

fn words(props: &Props) -> Option<(String, Vec<String>)> {
    match props.target {
        Target::Event(event) => {
            let event = props.trace.events().get(event)?;
            Some((caption::title(event), lines(event)))
        }
        Target::Bin(bin) => {
            let bin = props.scene.bins.get(bin)?;
            Some((bin_title(bin), vec![during(bin), say("Choose it to look closer.").to_owned()]))
        }
    }
}

/// What a bar stands for.
pub(super) fn bin_title(bin: &trace::layout::Bin) -> String {
    let way = if bin.upward { say("you → server") } else { say("server → you") };
    [&*caption::plural(bin.marks as u64, "mark"), &*caption::octets(bin.octets), way].join(", ")
}

/// The time that a bar covers.
pub(super) fn during(bin: &trace::layout::Bin) -> String {
    say!("{} to {}", caption::precise(bin.time[0]), caption::precise(bin.time[1]))
}

/// When, and in which direction.
fn lines(event: &Event) -> Vec<String> {
    let times = event.times;
    if !event.travels() {
        return vec![say!("at {}", caption::precise(event.start()))];
    }
    let way = match event.key.sender {
        wire::Sender::Client => say("you → server"),
        wire::Sender::Server => say("server → you"),
    };
    vec![
        span(times.sent_first, times.sent_last, |at, from| say!("sent {}{}", at, from)),
        span(times.received_first, times.received_last, |at, from| say!("received {}{}", at, from)),
        say!("{}, connection {}", way, event.key.connection + 1),
    ]
}

/// `sent 0.400 s`, `received 0.450 s to 0.460 s`, with where the times come from.
fn span(first: Option<Stamp>, last: Option<Stamp>, told: fn(&str, &str) -> String) -> String {
    let (first, last) = (first.or(last), last.or(first));
    let from = first.map_or_else(String::new, |stamp| say!(" ({})", stamp.from.word()));
    let (start, end) = (caption::stamp(first), caption::stamp(last));
    told(&if start == end { start } else { say!("{} to {}", start, end) }, &from)
}

/// Room between a mark and its call-out.
const CLEAR: f64 = 6.0;
