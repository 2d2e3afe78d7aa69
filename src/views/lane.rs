//! One lane: its head, its ladder, its code, its events.

use tongue::say;
use trace::caption;
use trace::layout::{Layers, Scene, TimeMap, Travellers};
use trace::ledger::Account;
use trace::listing;
use trace::scenario::{Scenario, Transport};
use trace::trace::Trace;
use yew::prelude::*;

use super::Act;
use super::code;
use super::events::Events;
use super::picture::Picture;
use super::same::Same;
use super::{svg, ui};
use crate::state::Action;

/// What a lane shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The scenario.
    pub scenario: Same<Scenario>,
    /// The run.
    pub trace: Same<Trace>,
    /// Which lane.
    pub lane: usize,
    /// Its shapes.
    pub scene: Same<Scene>,
    /// What was predicted of it, on the same time map.
    pub ghost: Option<Same<Scene>>,
    /// Time to height.
    pub map: Same<TimeMap>,
    /// The layers that are shown.
    pub layers: Layers,
    /// The playhead, in microseconds.
    pub at: u64,
    /// The selected event.
    pub selected: Option<usize>,
    /// Whether marks travel.
    pub playing: bool,
    /// What is under way, where it is shown standing still.
    pub travellers: Option<Same<Travellers>>,
    /// How often call-outs were sent away.
    pub hushed: u32,
    /// Whether the notes are on the picture.
    pub notes: bool,
    /// Whether the code is shown.
    pub code: bool,
    /// Whether it is shown to a class: without anything to choose, turn or look up.
    pub plain: bool,
    /// Where the run comes from, if from a file: then there is nothing to choose or turn.
    pub given: Option<AttrValue>,
    /// Copies a text.
    pub copy: Callback<String>,
    /// Where actions go.
    pub act: Act,
}

/// The lane.
#[component]
pub fn LaneView(props: &Props) -> Html {
    let lane = props.lane;
    let Some(known) = props.trace.lanes().get(lane) else { return html! {} };
    let (id, transport, called) = (letter(lane), known.transport, known.name());
    let name = say!("Lane {}: {}", id, called);
    let set = props.plain || props.given.is_some();
    let choose = props.act.reform(move |event: Event| {
        Action::Transport(lane, Transport::from_id(&ui::value(&event)).unwrap_or(transport))
    });
    let account = Account::at(&props.trace, lane, props.at);
    let family = if transport.is_http() { "http" } else { "ws" };
    html! {
        <section class={classes!("lane", family)} aria-label={name.clone()}>
            <div class="lane-head">
                <div class="lane-title">
                    <span class="letter" aria-hidden="true">{ id }</span>
                    if set {
                        { svg::words("h2", "transport", &called) }
                    } else {
                        <select class="transport" aria-label={say("Transport")} onchange={choose}>
                            { for Transport::ALL.into_iter().map(|it| ui::choice(it.id(), it.name(), it == transport)) }
                        </select>
                        { hang_up(props, transport) }
                    }
                    if props.trace.lanes().len() > 1 && !set {
                        <button type="button" class="step" title={say("Remove this lane")} aria-label={say!("Remove lane {}", id)} onclick={props.act.reform(move |_: MouseEvent| Action::RemoveLane(lane))}>{"×"}</button>
                    }
                </div>
                { svg::words("p", "role", &props.given.as_deref().map_or_else(|| caption::role(&props.scenario, transport), str::to_owned)) }
                <div class="lane-numbers">
                    { counters(&account, &props.trace) }
                    { svg::words("span", "tag", &basis(&props.trace, lane)) }
                </div>
            </div>
            <Picture trace={props.trace.clone()} scene={props.scene.clone()} ghost={props.ghost.clone()} {name} {id}
                map={props.map.clone()} at={props.at} playing={props.playing} travellers={props.travellers.clone()} plain={props.plain}
                selected={props.selected} hushed={props.hushed} notes={props.notes} act={props.act.clone()} />
            if !props.plain {
            <div class="lane-foot">
                if props.given.is_none() {
                    { ui::switch("chip code-switch", say("Code"), props.code, props.act.reform(move |_: MouseEvent| Action::Code(lane))) }
                    if props.code {
                        { code(props, transport) }
                    }
                }
                if let Some(most) = props.scene.bins.iter().map(|bin| bin.marks).max() {
                    { ui::hint(&say!("Too many marks for one picture: each bar counts those of its time, the longest {}. Choose a bar, or zoom in.", caption::count(most as u64))) }
                }
                <Events trace={props.trace.clone()} {lane} layers={props.layers} selected={props.selected} act={props.act.clone()} />
            </div>
            }
        </section>
    }
}

/// `A`, `B`, ... of a lane.
pub fn letter(lane: usize) -> char {
    char::from(b'A' + lane.min(25) as u8)
}

fn hang_up(props: &Props, transport: Transport) -> Html {
    let lane = props.lane;
    let (pressed, to) = match transport {
        Transport::Persistent => (false, Transport::Close),
        Transport::Close => (true, Transport::Persistent),
        _ => return html! {},
    };
    let onclick = props.act.reform(move |_: MouseEvent| Action::Transport(lane, to));
    // Where there is little room the rest of its name is only heard.
    html! {
        <button type="button" class="chip" title={say("Hang up after each answer")} aria-pressed={pressed.to_string()} {onclick}>
            {say("Hang up")}<span class="more">{say(" after each answer")}</span>
        </button>
    }
}

fn counters(account: &Account, trace: &Trace) -> Html {
    let echo = trace.is_echo();
    let (longest, of) = (
        account.longest(echo),
        if echo { say("longest wait for an echo") } else { say("longest wait for news") },
    );
    let never = account.missing.is_some_and(|missing| missing.awaited);
    let late = if never || longest >= LATE && !echo { "late" } else { "" };
    let longest = if never { say("never came").to_owned() } else { caption::seconds(longest) };
    let connections = if account.connections == 1 { say("connection") } else { say("connections") };
    let mut counters = vec![("", seen(account, account.on_connections()), say("octets"))];
    let counted = account.connections > 0 || !trace.is_imported();
    counters.extend(counted.then(|| ("", joined(account), connections)));
    // A file does not say when somebody had something to say.
    counters.extend((!trace.is_imported()).then_some((late, longest, of)));
    let lost = account.missing.map(|it| ("late", say!("{} of {}", it.delivered, it.said), say("delivered")));
    html! {
        <dl class="counters">
            for (class, number, name) in counters.into_iter().chain(lost) {
                <div {class}>{ svg::words("dd", "", &number) }{ svg::words("dt", "", name) }</div>
            }
        </dl>
    }
}

/// Octets that were seen, and `??` for heads that nobody saw.
pub fn seen(account: &Account, octets: u64) -> String {
    let octets = caption::count(octets);
    if account.unseen == 0 { octets } else { format!("{octets} + ??") }
}

/// How many connections there were, where anybody could see them.
fn joined(account: &Account) -> String {
    if account.connections == 0 && account.unseen > 0 {
        return "??".to_owned();
    }
    account.connections.to_string()
}

/// Where the lane's numbers come from.
fn basis(trace: &Trace, lane: usize) -> String {
    if !trace.ran(lane) {
        return say("did not run").to_owned();
    }
    let (octets, times) = (trace.octets_are(lane).word(), trace.times_are().word());
    if octets == times { octets.to_owned() } else { say!("{}, {}", octets, times) }
}

fn code(props: &Props, transport: Transport) -> Html {
    let listing = listing::listing(&props.scenario, transport);
    let lit = listing::lit(&props.trace, props.lane, &listing, props.at);
    code::view(&code::Props { listing, lit, copy: props.copy.clone() })
}

/// From here on a wait for news is marked as long, in microseconds.
const LATE: u64 = 200_000;
