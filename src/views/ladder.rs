//! The ladder diagram of one lane: one tab stop, arrow keys from mark to mark.

use trace::caption;
use trace::decimal::tenth;
use trace::layout::{Anchor, Band, LabelOf, Scene, Tone};
use trace::order;
use trace::trace::Trace;
use yew::prelude::*;

use super::same::Same;
use super::{Act, svg};
use crate::state::Action;

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
    /// Tells this lane's pattern from the other's.
    pub id: char,
    /// Where actions go.
    pub act: Act,
}

/// The ladder.
#[component]
pub fn Ladder(props: &Props) -> Html {
    let scene = &props.scene;
    let marks = marks(scene);
    let selected = props.selected.filter(|selected| marks.contains(selected));
    let onkeydown = {
        let (act, marks) = (props.act.clone(), marks.clone());
        Callback::from(move |event: KeyboardEvent| {
            if let Some(mark) = neighbour(&marks, selected, &event.key()) {
                event.prevent_default();
                event.stop_propagation();
                act.emit(Action::Select(Some(mark)));
            }
        })
    };
    let active = selected.map(|selected| format!("mark-{}-{selected}", props.id));
    let hatch = format!("hatch-{}", props.id);
    html! {
        <svg class="ladder" viewBox={format!("0 0 {} {}", tenth(scene.viewport.width), tenth(scene.viewport.height))}
            role="listbox" tabindex="0" aria-label={format!("Ladder of {}: arrow keys move from mark to mark", props.name)}
            aria-activedescendant={active} {onkeydown}>
            <defs>
                <pattern id={hatch.clone()} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                    <rect class="hatch-paper" width="6" height="6" /><line class="hatch-line" y2="6" />
                </pattern>
            </defs>
            { for scene.spans.iter().flat_map(span) }
            if let Some(ghost) = &props.ghost {
                { svg::hidden_group("ghosts", ghost.bands.iter().map(|band| {
                    svg::line("ghost", (band.x[0], band.from[0]), (band.x[1], band.to[0]))
                }).collect()) }
            }
            { for scene.waits.iter().map(|wait| waiting(wait, &hatch)) }
            <g class="bands" role="presentation">{ for scene.bands.iter().map(|band| mark(props, band)) }</g>
            <g class="speeches" role="presentation">{ for scene.speeches.iter().map(|speech| diamond(props, speech)) }</g>
            { svg::hidden_group("labels", scene.labels.iter().map(|label| {
                let class = format!("label {}", label_class(scene, label.of));
                svg::text(&class, (label.x, label.y), anchor(label.anchor), &label.text)
            }).collect()) }
            if props.notes {
                { svg::hidden_group("note-marks", scene.notes.iter().flat_map(note).collect()) }
            }
        </svg>
    }
}

/// Everything that can be selected, in the order of time.
fn marks(scene: &Scene) -> Vec<usize> {
    let bands = scene.bands.iter().map(|band| band.event);
    let marks = bands.chain(scene.speeches.iter().map(|speech| speech.event));
    order::ascending(&marks.map(|mark| mark as u64).collect::<Vec<_>>())
        .into_iter()
        .map(|mark| mark as usize)
        .collect()
}

fn neighbour(marks: &[usize], selected: Option<usize>, key: &str) -> Option<usize> {
    let place = selected.and_then(|selected| marks.iter().position(|&mark| mark == selected));
    let last = marks.len().checked_sub(1)?;
    let to = match (key, place) {
        ("Home", _) | ("ArrowDown" | "ArrowRight", None) => 0,
        ("End", _) | ("ArrowUp" | "ArrowLeft", None) => last,
        ("ArrowDown" | "ArrowRight", Some(place)) => (place + 1).min(last),
        ("ArrowUp" | "ArrowLeft", Some(place)) => place.saturating_sub(1),
        _ => return None,
    };
    marks.get(to).copied()
}

fn mark(props: &Props, band: &Band) -> Html {
    let points: Vec<String> =
        band.corners().iter().map(|(x, y)| format!("{},{}", tenth(*x), tenth(*y))).collect();
    let points = points.join(" ");
    let (tip, y) = (band.x[1], (band.to[0] + band.to[1]) / 2.0);
    let back = if band.upward { "-9" } else { "9" };
    let head = format!("M{},{}l{back},-4.6v9.2z", tenth(tip), tenth(y));
    let tail_y = (band.from[0] + band.from[1]) / 2.0;
    let classes = classes!(
        "band",
        tone(band.tone),
        if band.upward { "up" } else { "down" },
        band.unseen.contains(&true).then_some("unseen")
    );
    option(
        props,
        band.event,
        classes,
        vec![
            svg::element(
                "polygon",
                &["class", "points"],
                vec!["reach".to_owned(), points.clone()],
                Vec::new(),
            ),
            svg::element("polygon", &["class", "points"], vec!["body".to_owned(), points], Vec::new()),
            svg::element("path", &["class", "d"], vec!["head".to_owned(), head], Vec::new()),
            svg::shape("circle", &["class", "cx", "cy", "r"], "tail", &[band.x[0], tail_y, 2.4]),
        ],
    )
}

fn diamond(props: &Props, speech: &trace::layout::Speech) -> Html {
    let d = format!("M{},{}l6,6l-6,6l-6,-6z", tenth(speech.x), tenth(speech.y - 6.0));
    option(props, speech.event, classes!("speech"), vec![svg::element("path", &["d"], vec![d], Vec::new())])
}

/// One thing that can be selected, with its words.
fn option(props: &Props, event: usize, classes: Classes, shapes: Vec<Html>) -> Html {
    let chosen = props.selected == Some(event);
    let title = props.trace.events().get(event).map_or_else(String::new, |event| caption::title(event));
    let onclick = props.act.reform(move |_: MouseEvent| Action::Select(Some(event)));
    html! {
        <g key={event} id={format!("mark-{}-{event}", props.id)} class={classes!(classes, chosen.then_some("chosen"))}
            role="option" aria-selected={chosen.to_string()} aria-label={title.clone()} {onclick}>
            <title>{ title }</title>
            { for shapes }
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

fn label_class(scene: &Scene, of: LabelOf) -> &'static str {
    match of {
        LabelOf::Wait(_) => "of-wait",
        LabelOf::Speech(_) => "of-speech",
        LabelOf::Band(index) => scene.bands.get(index).map_or("", |band| tone(band.tone)),
    }
}

fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Tcp => "tcp",
        Tone::Tls => "tls",
        Tone::Message => "message",
        Tone::Bare => "bare",
    }
}

fn anchor(anchor: Anchor) -> &'static str {
    match anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    }
}
