//! The ladder diagram of one lane: one tab stop, arrow keys from mark to mark.

use tongue::say;
use trace::caption;
use trace::decimal::tenth;
use trace::event::Layer;
use trace::layout::{self, Band, Bin, Scene, Speech, Tone};
use trace::order;
use trace::trace::Trace;
use yew::prelude::*;

use super::callout::{bin_title, during};
use super::same::Same;
use super::{Act, svg};
use crate::state::{Action, CameraAction};

/// Something on the ladder that can be pointed at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// The mark of an event, by its place in the trace.
    Event(usize),
    /// A bar that stands for many marks, by its place in the scene.
    Bin(usize),
}

impl Target {
    /// The id of its element.
    fn id(self, lane: char) -> String {
        match self {
            Self::Event(event) => format!("mark-{}-{}", lane, event),
            Self::Bin(bin) => format!("bin-{}-{}", lane, bin),
        }
    }

    /// The target that an event of the pointer has met, and whether at its label.
    pub(super) fn under(event: &MouseEvent) -> Option<(Self, bool)> {
        let element: web_sys::Element = event.target_dyn_into()?;
        let id = element.closest("[role=option], .label[id]").ok()??.id();
        let (kind, place) = (id.split('-').next()?, id.rsplit('-').next()?.parse().ok()?);
        Some((if kind == "bin" { Self::Bin(place) } else { Self::Event(place) }, kind == "label"))
    }

    /// When there is anything of it, in microseconds.
    pub(super) fn since(self, trace: &Trace, scene: &Scene) -> u64 {
        match self {
            Self::Event(event) => trace.events().get(event).map_or(0, |event| event.start()),
            Self::Bin(bin) => scene.bins.get(bin).map_or(0, |bin| bin.time[0]),
        }
    }
}

/// What the ladder shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The run.
    pub trace: Same<Trace>,
    /// Its shapes on this lane.
    pub scene: Same<Scene>,
    /// What was predicted, to lie under what happened.
    pub ghost: Option<Same<Scene>>,
    /// Name of the lane, for those who hear it.
    pub name: String,
    /// The selected event, if it is on this lane.
    pub selected: Option<usize>,
    /// Whether the numbered notes are shown.
    pub notes: bool,
    /// Whether it is a picture only, as on paper: nothing in it can be chosen.
    #[prop_or_default]
    pub still: bool,
    /// Tells this lane's pattern from the other's.
    pub id: char,
    /// Told what has the focus, as far as that is to be seen.
    pub focus: Callback<Option<Target>>,
    /// Where actions go.
    pub act: Act,
}

/// The ladder.
#[component]
pub fn Ladder(props: &Props) -> Html {
    let scene = &props.scene;
    let targets = targets(&props.trace, scene);
    // The bar that was moved to, until a mark is selected.
    let bar = use_state_eq(|| None::<(usize, Option<usize>)>);
    let active = bar.filter(|bar| bar.1 == props.selected).map(|bar| Target::Bin(bar.0));
    let active = active.or(props.selected.map(Target::Event)).filter(|active| targets.contains(active));
    let onkeydown = {
        let (act, focus, bar, targets, scene) =
            (props.act.clone(), props.focus.clone(), bar.setter(), targets.clone(), scene.clone());
        let selected = props.selected;
        Callback::from(move |event: KeyboardEvent| {
            let modified = event.shift_key() || event.ctrl_key() || event.alt_key() || event.meta_key();
            let chosen = active.filter(|_| matches!(event.key().as_str(), "Enter" | " "));
            if let Some(closer) = chosen.and_then(|chosen| closer(&scene, chosen)) {
                act.emit(closer);
            } else if let Some(to) = neighbour(&targets, active, &event.key()).filter(|_| !modified) {
                match to {
                    Target::Event(event) => {
                        bar.set(None);
                        act.emit(Action::Select(Some(event)));
                    }
                    Target::Bin(bin) => bar.set(Some((bin, selected))),
                }
                focus.emit(Some(to));
            } else {
                return;
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    let onfocusin = {
        let focus = props.focus.clone();
        Callback::from(move |event: FocusEvent| {
            let ladder = event.target_dyn_into::<web_sys::Element>();
            let seen = ladder.is_some_and(|ladder| matches!(ladder.matches(":focus-visible"), Ok(true)));
            focus.emit(active.filter(|_| seen));
        })
    };
    let onfocusout = props.focus.reform(|_: FocusEvent| None);
    let descendant = active.map(|active| active.id(props.id));
    let hatch = format!("hatch-{}", props.id);
    let label = match props.still {
        true => props.name.clone(),
        false => say!("Ladder of {}: arrow keys move from mark to mark", props.name),
    };
    html! {
        <svg class="ladder" viewBox={format!("0 0 {} {}", tenth(scene.viewport.width), tenth(scene.viewport.height))}
            role={if props.still { "img" } else { "listbox" }} tabindex={(!props.still).then_some("0")} aria-label={label}
            aria-activedescendant={descendant} {onkeydown} {onfocusin} {onfocusout}>
            <defs>
                <pattern id={hatch.clone()} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                    <rect class="hatch-paper" width="6" height="6" /><line class="hatch-line" y2="6" />
                </pattern>
            </defs>
            { for scene.spans.iter().flat_map(span) }
            if let Some(ghost) = &props.ghost {
                { svg::hidden_group("ghosts", layout::ghosts(ghost, scene).into_iter().map(|[from, to]| {
                    svg::line("ghost", from, to)
                }).collect()) }
            }
            { for scene.waits.iter().map(|wait| waiting(wait, &hatch)) }
            <g class="bands" role="presentation">{ for scene.bands.iter().map(|band| mark(props, band)) }</g>
            if !scene.bins.is_empty() {
                <g class="bins" role="presentation">{ for scene.bins.iter().enumerate().map(|(place, bin)| many(props, active, place, bin)) }</g>
            }
            <g class="speeches" role="presentation">{ for scene.speeches.iter().map(|speech| diamond(props, speech)) }</g>
            if props.notes {
                { svg::hidden_group("note-marks", scene.notes.iter().flat_map(note).collect()) }
            }
        </svg>
    }
}

/// Everything that can be pointed at, in the order of time.
fn targets(trace: &Trace, scene: &Scene) -> Vec<Target> {
    let bands = scene.bands.iter().map(|band| band.event);
    let marks = bands.chain(scene.speeches.iter().map(|speech| speech.event)).map(Target::Event);
    let targets: Vec<Target> = marks.chain((0..scene.bins.len()).map(Target::Bin)).collect();
    // Events lie in the trace in the order of time; the moment of a bar is its first.
    let moment = |target: &Target| match *target {
        Target::Event(event) => event as u64,
        Target::Bin(bin) => {
            let from = scene.bins.get(bin).map_or(0, |bin| bin.time[0]);
            trace.events().partition_point(|event| event.start() < from) as u64
        }
    };
    order::sorted(targets, moment)
}

fn neighbour(targets: &[Target], active: Option<Target>, key: &str) -> Option<Target> {
    let place = active.and_then(|active| targets.iter().position(|&target| target == active));
    let last = targets.len().checked_sub(1)?;
    let to = match (key, place) {
        ("Home", _) | ("ArrowDown" | "ArrowRight", None) => 0,
        ("End", _) | ("ArrowUp" | "ArrowLeft", None) => last,
        ("ArrowDown" | "ArrowRight", Some(place)) => (place + 1).min(last),
        ("ArrowUp" | "ArrowLeft", Some(place)) => place.saturating_sub(1),
        _ => return None,
    };
    targets.get(to).copied()
}

/// What choosing a target does beyond selecting it: a bar's time fills the picture.
pub(super) fn closer(scene: &Scene, target: Target) -> Option<Action> {
    let Target::Bin(bin) = target else { return None };
    let [from, to] = scene.bins.get(bin)?.time;
    Some(Action::Camera(CameraAction::Show(from, to)))
}

fn mark(props: &Props, band: &Band) -> Html {
    let points: Vec<String> =
        band.corners().iter().map(|(x, y)| format!("{},{}", tenth(*x), tenth(*y))).collect();
    let points = points.join(" ");
    let (tip, y) = (band.x[1], (band.to[0] + band.to[1]) / 2.0);
    let (back, forth) = if band.upward { ("-9", "9") } else { ("9", "-9") };
    let (tip, y) = (tenth(tip), tenth(y));
    let head = match band.tone {
        Tone::Tcp => format!("M{tip},{y}m{back},-4.6l{forth},4.6l{back},4.6"),
        Tone::Tls | Tone::Message | Tone::Bare => format!("M{tip},{y}l{back},-4.6v9.2z"),
    };
    let event = props.trace.events().get(band.event);
    let frame = event.is_some_and(|event| event.layer == Layer::WebSocket);
    let classes = classes!(
        "band",
        band.tone.name(),
        if band.upward { "up" } else { "down" },
        band.unseen.contains(&true).then_some("unseen"),
        band.lost.then_some("lost")
    );
    let polygon = |class: &str, points: String| {
        svg::element("polygon", &["class", "points"], vec![class.to_owned(), points], Vec::new())
    };
    let mut shapes = vec![
        polygon("reach", points.clone()),
        polygon("body", points),
        svg::element("path", &["class", "d"], vec!["head".to_owned(), head], Vec::new()),
    ];
    if frame {
        let tail = (band.from[0] + band.from[1]) / 2.0;
        shapes.push(svg::shape("circle", &["class", "cx", "cy", "r"], "tail", &[band.x[0], tail, 2.4]));
    }
    option(props, band.event, classes, shapes)
}

fn diamond(props: &Props, speech: &Speech) -> Html {
    option(props, speech.event, classes!("speech"), vec![outline(speech)])
}

/// The diamond of somebody who speaks.
pub(super) fn outline(speech: &Speech) -> Html {
    let d = format!("M{},{}l6,6l-6,6l-6,-6z", tenth(speech.x), tenth(speech.y - 6.0));
    svg::element("path", &["d"], vec![d], Vec::new())
}

/// One thing that can be selected, with its words.
fn option(props: &Props, event: usize, classes: Classes, shapes: Vec<Html>) -> Html {
    if props.still {
        return svg::element("g", &["class"], vec![classes.to_string()], shapes);
    }
    let chosen = props.selected == Some(event);
    let title = props.trace.events().get(event).map_or_else(String::new, |event| caption::title(event));
    html! {
        <g key={event} id={Target::Event(event).id(props.id)} class={classes!(classes, chosen.then_some("chosen"))}
            role="option" aria-selected={chosen.to_string()} aria-label={title}>
            { for shapes }
        </g>
    }
}

/// Many marks as one bar.
fn many(props: &Props, active: Option<Target>, place: usize, bin: &Bin) -> Html {
    let target = Target::Bin(place);
    let chosen = active == Some(target);
    let class = if bin.upward { "bin up" } else { "bin down" };
    let left = bin.x[0].min(bin.x[1]);
    let bar = svg::rect("", left, bin.y[0], (bin.x[1] - bin.x[0]).abs(), bin.y[1] - bin.y[0]);
    if props.still {
        return svg::element("g", &["class"], vec![class.to_owned()], vec![bar]);
    }
    html! {
        <g id={target.id(props.id)} class={classes!(class, chosen.then_some("chosen"))} role="option" aria-selected={chosen.to_string()}
            aria-label={format!("{}, {}", bin_title(bin), during(bin))}>
            { bar }
        </g>
    }
}

fn span(span: &trace::layout::Span) -> Vec<Html> {
    let ([left, right], [top, bottom]) = (span.x, span.y);
    let mut shapes: Vec<Html> =
        [left, right].iter().map(|&x| svg::line("connected", (x, top), (x, bottom))).collect();
    if let Some(duplex) = span.duplex {
        shapes.push(svg::rect("field-open", left, duplex, right - left, bottom - duplex));
    }
    shapes
}

fn waiting(wait: &trace::layout::Wait, hatch: &str) -> Html {
    let lengths = [wait.x - 7.0, wait.y[0], 14.0, wait.y[1] - wait.y[0]];
    let fixed = ["wait".to_owned(), format!("url(#{hatch})")];
    let values = fixed.into_iter().chain(lengths.map(tenth)).collect();
    svg::element("rect", &["class", "fill", "x", "y", "width", "height"], values, Vec::new())
}

fn note(note: &trace::layout::Note) -> [Html; 2] {
    let circle = svg::shape("circle", &["class", "cx", "cy", "r"], "", &[note.x, note.y, 9.0]);
    [circle, svg::text("", (note.x, note.y + 4.0), "middle", &note.number.to_string())]
}
