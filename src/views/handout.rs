//! A lesson on paper: every beat's words with their figures, the picture of its main run, what its tasks ask
//! with room for an answer, and where to read on.

use std::rc::Rc;

use trace::exhibit::Exhibit;
use trace::layout::{self, Layers, TimeMap, Viewport};
use trace::lesson::{Beat, Lesson, Moment, Scene, Task};
use trace::scenario::Scenario;
use trace::sim::simulate;
use trace::workbench::Desk;
use wire::Span;
use yew::prelude::*;

use super::ladder::Ladder;
use super::lane::letter;
use super::same::Same;
use super::{Act, qr, svg, ui};
use crate::state::{Action, ClassAction};

/// What the handout needs.
pub struct Props<'a> {
    /// The lesson.
    pub lesson: &'static Lesson,
    /// The address of the lesson, if others than this computer can open it.
    pub address: Option<String>,
    /// Prints the page.
    pub print: &'a Callback<()>,
    /// Where actions go.
    pub act: &'a Act,
}

/// The handout.
pub fn view(props: &Props) -> Html {
    let lesson = props.lesson;
    let leave = props.act.reform(|_: MouseEvent| Action::Class(ClassAction::Leave));
    html! {
        <main class="paper">
            <div class="paper-bar" role="group" aria-label={tongue::say("Handout")}>
                { ui::button("primary", tongue::say("Print"), props.print.reform(|_: MouseEvent| ())) }
                { ui::button("quiet", tongue::say("Back to the lesson"), leave) }
                <a class="quiet" href="#teach">{ tongue::say("For teachers") }</a>
            </div>
            <article class="sheet">
                { head(tongue::say(lesson.title), tongue::say(lesson.about), props.address.as_ref()) }
                { match main_run(lesson) {
                    Some(run) => picture(run, None),
                    None => main_octets(lesson).map_or_else(Html::default, |exhibit| octets(&exhibit)),
                } }
                <ol class="sheet-beats">{ for lesson.beats.iter().map(beat) }</ol>
            </article>
        </main>
    }
}

/// What stands above: the title, where the page is to be found, and whose sheet it is.
pub(super) fn head(title: &str, about: &str, address: Option<&String>) -> Html {
    html! {
        <>
            <header class="sheet-head">
                <div>
                    { svg::words("p", "sheet-mark", "Duplex") }
                    { svg::words("h1", "", title) }
                    { svg::words("p", "", about) }
                </div>
                if let Some(address) = address {
                    <div class="sheet-link">
                        { qr::view(&tongue::say!("QR code of {}", address), address) }
                        <a href={address.clone()}>{ address }</a>
                    </div>
                }
            </header>
            <p class="sheet-name">
                { tongue::say("Name") }<span></span>{ tongue::say("Date") }<span></span>
                // Only the teacher knows where the class will find it.
                if address.is_none() {
                    { tongue::say("Address") }<span class="whole"></span>
                }
            </p>
        </>
    }
}

/// Room for an answer.
pub(super) fn lines() -> Html {
    html! { <div class="answer-lines" aria-hidden="true"><span></span><span></span></div> }
}

fn beat(beat: &'static Beat) -> Html {
    let told = beat.set(|seen| beat.says(seen)).unwrap_or_default();
    html! {
        <li>
            { svg::words("h2", "", tongue::say(beat.idea)) }
            <p>{ ui::coded(&told) }</p>
            if let Some(question) = beat.task.as_ref().and_then(Task::question) {
                <p class="sheet-task">{ ui::coded(&question) }</p>
                { lines() }
            }
            <p class="sheet-sections">{ for beat.sections.iter().enumerate().map(source) }</p>
        </li>
    }
}

fn source((place, section): (usize, &&'static str)) -> Html {
    html! { <>{ if place == 0 { "" } else { ", " } }{ ui::reference(section) }</> }
}

/// The run of which most beats are told; of several such runs the first. `None` for a lesson of octets.
fn main_run(lesson: &Lesson) -> Option<Scenario> {
    let runs: Vec<Scenario> =
        lesson.beats.iter().filter_map(|beat| beat.scene.run()).map(|run| (run.scenario)()).collect();
    let told = |run: &&Scenario| runs.iter().filter(|other| other == run).count();
    let most = runs.iter().map(|run| told(&run)).max()?;
    runs.iter().find(|run| told(run) == most).cloned()
}

/// The unit that the first beat of a lesson of octets shows.
fn main_octets(lesson: &Lesson) -> Option<Rc<Exhibit>> {
    let bench = lesson.beats.iter().find_map(|beat| match beat.scene {
        Scene::Octets(bench) => Some(bench()),
        Scene::Run(_) => None,
    });
    let desk = Desk::of(bench?);
    desk.dissection.exhibits.get(desk.shown()).cloned()
}

/// A unit octet by octet: each field with its octets, or its bits of one.
fn octets(exhibit: &Exhibit) -> Html {
    let raw = &exhibit.unit.octets;
    let row = |span: &Span| {
        let octets = raw.get(span.octets.clone()).unwrap_or_default();
        let written = match (&span.bits, octets) {
            (Some(bits), [octet, ..]) => {
                bits.clone().map(|bit| if octet >> (7 - bit) & 1 == 1 { '1' } else { '0' }).collect()
            }
            _ => hex(octets),
        };
        html! {
            <tr>
                <td><code>{ written }</code></td>
                { svg::words("th", "", span.title()) }
                { svg::words("td", "", &exhibit.value(span)) }
            </tr>
        }
    };
    html! {
        <table class="sheet-octets">
            { svg::words("caption", "", &exhibit.title()) }
            { ui::head(&[tongue::say("Octets or bits"), tongue::say("Field"), tongue::say("Value")]) }
            <tbody>{ for exhibit.fields.iter().map(row) }</tbody>
        </table>
    }
}

/// A run, every lane of it: finished, or up to a moment of it.
pub(super) fn picture(scenario: Scenario, until: Option<Moment>) -> Html {
    let trace = Rc::new(simulate(&scenario));
    // Few units, so that a lane of half a page's width can still be read.
    let viewport = match (trace.lanes().len(), until) {
        (1, _) => Viewport::PROJECTED,
        (_, None) => Viewport::PROJECTED_BESIDE,
        // Below it there has to be room for all questions, on either size of paper.
        (_, Some(_)) => Viewport::PROJECTED_BELOW,
    };
    let at = until.map_or(trace.end(), |until| until.at(&trace));
    let map = Rc::new(TimeMap::drawn(&trace, viewport.height, None));
    let lane = |lane: usize| {
        let scene = Rc::new(layout::folded(&trace, lane, &map, viewport, Layers::ALL));
        let transport = trace.lanes().get(lane).map(|lane| lane.transport);
        let name = transport.map_or("", |transport| transport.name());
        let family = if transport.is_some_and(|it| it.is_http()) { "http" } else { "ws" };
        let title = tongue::say!("Lane {}: {}", letter(lane), tongue::say(name));
        html! {
            <figure key={lane} class={family}>
                { svg::words("figcaption", "", &title) }
                <div class="picture">
                    <Ladder trace={Same::of(&trace)} scene={Same::of(&scene)} ghost={None::<Same<layout::Scene>>} name={title} id={letter(lane)}
                        selected={None::<usize>} notes={false} still={true} focus={Callback::noop()} act={Callback::noop()} />
                    { super::overlay::view(&super::overlay::Props { map: &map, trace: &trace, scene: &scene, id: None, selected: None, at, playing: false, travellers: None }) }
                </div>
            </figure>
        }
    };
    html! {
        <div class={classes!("sheet-lanes", until.map(|_| "begun"))}>
            { for (0..trace.lanes().len()).map(lane) }
            // Where a second lane would stand there is room for what the class finds.
            if trace.lanes().len() == 1 {
                <div class="own-notes">{ svg::words("span", "", tongue::say("Notes")) }</div>
            }
        </div>
    }
}

/// The first octets in hexadecimal, and that there are more.
fn hex(octets: &[u8]) -> String {
    let shown = octets.get(..MOST).unwrap_or(octets);
    let mut written: String = shown.iter().map(|octet| format!("{octet:02x} ")).collect();
    if octets.len() > MOST {
        written.push('…');
    }
    written
}

/// As many octets of a field are written; a head's lines are long.
const MOST: usize = 12;
