//! What lies over the ladder: the curtain that hides the future, the grid, the lifelines, the playhead,
//! the labels.
//!
//! Time runs down the page, so one curtain moved by its `transform` makes every band grow at exactly
//! the pace of its octets. The groups marked `data-playhead` are what playback moves. Text would be cut
//! in half by a curtain: a label lies over it, whole, from the moment at which its mark is there.

use tongue::say;
use trace::decimal::tenth;
use trace::layout::{
    self, Anchor, Label, LabelOf, MOST_TRAVELLERS, PAST, Scene, Speech, TimeMap, Travellers, Viewport,
};
use trace::trace::Trace;
use yew::prelude::*;

use super::{ladder, ruler, svg};

/// What the overlay shows.
pub struct Props<'a> {
    /// Time to height.
    pub map: &'a TimeMap,
    /// The run.
    pub trace: &'a Trace,
    /// Its shapes on this lane.
    pub scene: &'a Scene,
    /// Tells this lane's labels from the others'; `None` where none can be pressed.
    pub id: Option<char>,
    /// The selected event.
    pub selected: Option<usize>,
    /// The playhead, in microseconds.
    pub at: u64,
    /// Whether marks travel.
    pub playing: bool,
    /// What is under way, where it is shown standing still.
    pub travellers: Option<&'a Travellers>,
}

/// The overlay.
pub fn view(props: &Props) -> Html {
    let viewport = props.scene.viewport;
    let Viewport { width, height, gutter, .. } = viewport;
    let map = props.map;
    let transform = format!("translate(0 {})", tenth(map.curtain(props.at)));
    let (client, server) = (viewport.client(), viewport.server());
    let playhead = |shape: Html| {
        let values = vec!["true".to_owned(), transform.clone()];
        svg::element("g", &["data-playhead", "transform"], values, vec![shape])
    };
    // A little higher than the picture: it begins outside when it is to hide all.
    let mut shapes = vec![playhead(svg::rect("curtain", 0.0, 0.0, width, height + 10.0))];
    for tick in map.ticks() {
        shapes.push(svg::line("grid", (gutter, tick.y), (width, tick.y)));
        if let Some(label) = tick.label.filter(|_| gutter > 0.0) {
            shapes.push(svg::text("tick", (gutter - 4.0, tick.y + 4.0), "end", &label));
        }
    }
    for (top, bottom, words) in ruler::silences(map, height) {
        // Clear of the heads that arrive before it, and of who speaks after it.
        let (inner, end) = (top + HEAD, bottom - DIAMOND);
        shapes.push(svg::rect("silence", 0.0, inner, width, end - inner));
        for x in [client, server] {
            shapes.push(ruler::zigzag(x, top, bottom));
        }
        let middle = ((client + server) / 2.0, (inner + end) / 2.0 + 4.0);
        shapes.push(svg::text("silent", middle, "middle", &words.long));
    }
    if gutter > 0.0 {
        shapes.extend(map.stretches().iter().filter_map(|it| ruler::stretched(map, it, height, 5.0)));
    }
    if map.head() > 0.0 {
        shapes.push(svg::rect("cover", 0.0, 0.0, width, map.head()));
    }
    let end = (map.y(map.end()) + PAST).min(height);
    for (x, name) in [(client, say("You")), (server, say("Server"))] {
        shapes.push(svg::line("life", (x, 16.0), (x, end)));
        shapes.push(svg::text("end", (x, 11.0), "middle", name));
    }
    // Beside the times, not through them.
    shapes.push(playhead(svg::line("playhead", (gutter, 0.0), (width, 0.0))));
    shapes.push(svg::hidden_group("speaking", speaking(props)));
    shapes.push(svg::hidden_group("labels", labels(props)));
    shapes.push(travelling(props));
    let values =
        vec!["overlay".to_owned(), format!("0 0 {} {}", tenth(width), tenth(height)), "true".to_owned()];
    svg::element("svg", &["class", "viewBox", "aria-hidden"], values, shapes)
}

/// Whoever has just spoken, in front of the curtain that would hide half of a diamond.
fn speaking(props: &Props) -> Vec<Html> {
    let (curtain, head) = (props.map.curtain(props.at), props.map.head());
    let start = |event: usize| props.trace.events().get(event).map_or(u64::MAX, |event| event.start());
    let said = props.scene.speeches.iter().filter(|it| start(it.event) <= props.at);
    let half = said.filter(|it| it.y + DIAMOND > curtain && it.y - DIAMOND >= head);
    let diamond = |speech: &Speech| {
        let class = if props.selected == Some(speech.event) { "speech chosen" } else { "speech" };
        svg::element("g", &["class"], vec![class.to_owned()], vec![ladder::outline(speech)])
    };
    half.map(diamond).collect()
}

/// Every label, those hidden whose time has not come. The selected mark has one in any case, and earlier.
fn labels(props: &Props) -> Vec<Html> {
    let (trace, scene) = (props.trace, props.scene);
    let insisted = props.selected.and_then(|event| layout::insisted(trace, scene, event));
    let text = |label: &Label| {
        let event = scene.event_of(label.of);
        let selected = event.filter(|_| event == props.selected).and_then(|event| trace.events().get(event));
        let since = selected.map_or(label.since, |event| event.start());
        let covered = selected.is_none() && insisted.as_ref().is_some_and(|it| it.meets(label));
        // What is about to leave is told with its first octet, not before; who speaks now has spoken.
        let leaves = matches!(label.of, LabelOf::Band(_)) && selected.is_none() && since == props.at;
        let unsent = if since > props.at || leaves || covered { " unsent" } else { "" };
        let class = format!("label {}{unsent}", class(scene, label.of));
        let id = props.id.zip(event).map(|(id, event)| format!("label-{id}-{event}"));
        let Some(id) = id else {
            return svg::text(&class, (label.x, label.y), anchor(label.anchor), &label.text);
        };
        let values = vec![class, tenth(label.x), tenth(label.y), anchor(label.anchor).to_owned(), id];
        let keys = &["class", "x", "y", "text-anchor", "id"];
        svg::element("text", keys, values, vec![Html::from(label.text.clone())])
    };
    scene.labels.iter().chain(&insisted).map(text).collect()
}

fn class(scene: &Scene, of: LabelOf) -> &'static str {
    match of {
        LabelOf::Wait(_) => "of-wait",
        LabelOf::Speech(_) => "of-speech",
        LabelOf::Band(index) => scene.bands.get(index).map_or("", |band| band.tone.name()),
    }
}

fn anchor(anchor: Anchor) -> &'static str {
    match anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    }
}

/// Marks for what is under way. Playback moves them, so they are made anew when it begins and ends.
fn travelling(props: &Props) -> Html {
    let y = props.map.y(props.at);
    let under_way = props.travellers.map_or(Vec::new(), |travellers| travellers.at(y));
    let mark = |place: usize| {
        let (class, d, at) = under_way.get(place).map_or(("", "", String::new()), |it| {
            (it.tone.name(), it.outline(), format!("translate({} {})", tenth(it.x), tenth(y)))
        });
        let values = vec!["true".to_owned(), class.to_owned(), d.to_owned(), at];
        svg::element("path", &["data-traveller", "class", "d", "transform"], values, Vec::new())
    };
    let key = if props.playing { "moving" } else { "still" };
    html! { <g {key} class="travellers">{ for (0..MOST_TRAVELLERS).map(mark) }</g> }
}

/// How far an arrow's head reaches to either side of its line.
const HEAD: f64 = 4.6;

/// How far a diamond reaches up and down.
const DIAMOND: f64 = 6.0;
