//! The ladder diagram of one lane: one tab stop, arrow keys from mark to mark.

use std::rc::Rc;

use trace::caption;
use trace::decimal::tenth;
use trace::layout::{Anchor, Band, LabelOf, Scene, Tone};
use trace::order;
use trace::trace::Trace;
use yew::prelude::*;

use super::Act;
use crate::state::Action;

/// What the ladder shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The run.
    pub trace: Rc<Trace>,
    /// Its shapes on this lane.
    pub scene: Rc<Scene>,
    /// What was predicted, to lie under what happened.
    pub ghost: Option<Rc<Scene>>,
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
            <g class="spans">{ for scene.spans.iter().map(span) }</g>
            if let Some(ghost) = &props.ghost {
                <g class="ghosts" aria-hidden="true">
                    for band in &ghost.bands {
                        <line class="ghost" x1={tenth(band.x[0])} y1={tenth(band.from[0])} x2={tenth(band.x[1])} y2={tenth(band.to[0])} />
                    }
                </g>
            }
            <g class="waits">
                for wait in &scene.waits {
                    <rect class="wait" fill={format!("url(#{hatch})")} x={tenth(wait.x - 7.0)} y={tenth(wait.y[0])} width="14"
                        height={tenth(wait.y[1] - wait.y[0])} />
                }
            </g>
            <g class="bands">{ for scene.bands.iter().map(|band| mark(props, band)) }</g>
            <g class="speeches">
                for speech in &scene.speeches {
                    { diamond(props, speech) }
                }
            </g>
            <g class="labels" aria-hidden="true">
                for label in &scene.labels {
                    <text class={classes!("label", label_class(scene, label.of))} x={tenth(label.x)} y={tenth(label.y)}
                        text-anchor={anchor(label.anchor)}>{ &label.text }</text>
                }
            </g>
            if props.notes {
                <g class="note-marks" aria-hidden="true">
                    for note in &scene.notes {
                        <g transform={format!("translate({} {})", tenth(note.x), tenth(note.y))}>
                            <circle r="9" /><text text-anchor="middle" dy="4">{ note.number }</text>
                        </g>
                    }
                </g>
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
        html! {
            <>
                <polygon class="reach" points={points.clone()} />
                <polygon class="body" {points} />
                <path class="head" d={head} />
                <circle class="tail" cx={tenth(band.x[0])} cy={tenth(tail_y)} r="2.4" />
            </>
        },
    )
}

fn diamond(props: &Props, speech: &trace::layout::Speech) -> Html {
    let d = format!("M{},{}l6,6l-6,6l-6,-6z", tenth(speech.x), tenth(speech.y - 6.0));
    option(props, speech.event, classes!("speech"), html! { <path {d} /> })
}

/// One thing that can be selected, with its words.
fn option(props: &Props, event: usize, classes: Classes, shape: Html) -> Html {
    let chosen = props.selected == Some(event);
    let title = props.trace.events().get(event).map_or_else(String::new, |event| caption::title(event));
    let onclick = props.act.reform(move |_: MouseEvent| Action::Select(Some(event)));
    html! {
        <g key={event} id={format!("mark-{}-{event}", props.id)} class={classes!(classes, chosen.then_some("chosen"))}
            role="option" aria-selected={chosen.to_string()} aria-label={title.clone()} {onclick}>
            <title>{ title }</title>
            { shape }
        </g>
    }
}

fn span(span: &trace::layout::Span) -> Html {
    let [left, right] = span.x;
    let [top, bottom] = span.y;
    html! {
        <g key={span.connection}>
            for x in [left, right] {
                <line class="connected" x1={tenth(x)} x2={tenth(x)} y1={tenth(top)} y2={tenth(bottom)} />
            }
            if let Some(duplex) = span.duplex {
                <rect class="field-open" x={tenth(left)} width={tenth(right - left)} y={tenth(duplex)} height={tenth((bottom - duplex).max(0.0))} />
            }
        </g>
    }
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
