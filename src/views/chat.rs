//! Two people at this page: what one says arrives on each lane in its own time.

use tongue::say;
use trace::chat::{Chat, Fate, Lane, Line, Link, Phase, Wish, milliseconds, rule};
use trace::scenario::{Scenario, Speaker, Transport};
use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::lane::letter;
use super::{Act, knobs, svg, ui};
use crate::state::{Action, ChatDesk};

/// What the section needs.
pub struct Props<'a> {
    /// The chat.
    pub desk: &'a ChatDesk,
    /// The link that is emulated, and how often a lane asks.
    pub scenario: &'a Scenario,
    /// Why there can be no chat, and what to do about it.
    pub obstacle: Option<&'a str>,
    /// Where wishes go.
    pub wish: Callback<Wish>,
    /// Where actions go.
    pub act: Act,
}

/// The section.
pub fn view(props: &Props) -> Html {
    let chat = &props.desk.chat;
    let (begun, open) = (chat.phase != Phase::Over, chat.phase == Phase::Open);
    let link = knobs::brief(props.scenario.network);
    html! {
        <section class="chat" aria-label={say("Try it yourselves")}>
            { svg::words("h2", "", say("Try it yourselves")) }
            { ui::hint(&say!("Two people at this page: you in the browser, Ben with the companion. What either says goes over both lanes at once, on the emulated link ({}). Each delay is measured on this page’s one clock, from Send until the other has it; what lies between Ben and the companion, a few milliseconds, is in it.", link)) }
            if let Some(why) = props.obstacle.filter(|_| !begun) {
                { svg::words("p", "problem", why) }
            } else {
                <div class="row">
                    for lane in 0..props.desk.lanes.len() {
                        { choice(props, lane, begun) }
                    }
                    if begun {
                        { wish(props, say("End the chat"), Wish::End) }
                    } else {
                        { wish(props, say("Begin the chat"), Wish::Begin) }
                    }
                </div>
            }
            if open {
                <div class="row">
                    { voice(props, Speaker::You, say("You say")) }
                    { voice(props, Speaker::Server, say("Ben says")) }
                </div>
            }
            <p class="status" role="status">{ chat.status.as_ref().map(|it| it.said()) }</p>
            if let Some(problem) = &chat.problem {
                <p class="problem" role="alert">{ problem.said() }</p>
            }
            if !chat.lanes.is_empty() {
                <div class="chat-lanes">
                    { for chat.lanes.iter().enumerate().map(|(place, own)| lane(props, place, own)) }
                </div>
                { ui::hint(&rule()) }
            }
        </section>
    }
}

fn wish(props: &Props, name: &str, wish: Wish) -> Html {
    ui::button("", name, props.wish.reform(move |_: MouseEvent| wish.clone()))
}

/// What carries the messages of a lane. While a chat is under way it stays.
fn choice(props: &Props, lane: usize, begun: bool) -> Html {
    let chosen = props.desk.lanes.get(lane).copied();
    let act = props.act.clone();
    let onchange = Callback::from(move |event: Event| {
        if let Some(transport) = Transport::from_id(&ui::value(&event)) {
            act.emit(Action::ChatOver(lane, transport));
        }
    });
    let options = ChatDesk::choices().map(|it| ui::choice(it.id(), it.name(), Some(it) == chosen));
    html! {
        <label class="labelled">{ say!("Chat lane {}", letter(lane)) }
            <select {onchange} disabled={begun}>{ for options }</select>
        </label>
    }
}

/// Where one of the two writes.
fn voice(props: &Props, from: Speaker, name: &str) -> Html {
    let wish = props.wish.clone();
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let form = event.target().and_then(|it| it.dyn_into::<web_sys::Element>().ok());
        let field = form.and_then(|form| form.query_selector("input").ok().flatten());
        if let Some(field) = field.and_then(|it| it.dyn_into::<web_sys::HtmlInputElement>().ok()) {
            wish.emit(Wish::Say(from, field.value()));
            field.set_value("");
        }
    });
    let send = if from == Speaker::You { say("Send as you") } else { say("Send as Ben") };
    html! {
        <form {onsubmit}>
            <label class="labelled">{ name }<input type="text" maxlength="200" autocomplete="off" /></label>
            <button type="submit">{ send }</button>
        </form>
    }
}

fn lane(props: &Props, place: usize, own: &Lane) -> Html {
    let chat = &props.desk.chat;
    let letter = letter(place);
    let name = say!("Chat lane {}: {}", letter, own.transport.name());
    let words = |link: &Link| link.words(own.transport, props.scenario.poll);
    let past = own.past.iter().filter(|link| **link != Link::Off).map(words).collect::<Vec<_>>();
    let class = classes!("chat-lane", (!own.transport.is_http()).then_some("ws"));
    html! {
        <section {class} aria-label={name.clone()}>
            <div class="lane-title"><span class="dot" aria-hidden="true"></span>{ svg::words("h3", "", &name) }</div>
            <div class="row">
                { svg::words("p", "chat-link", &say!("Connection: {}", words(&own.link))) }
                if own.link.is_open() {
                    { wish(props, &say!("Cut lane {}", letter), Wish::Cut(place)) }
                }
                if own.link.is_tried() {
                    { wish(props, &say!("Stop trying lane {}", letter), Wish::Leave(place)) }
                }
                if own.link.is_tried() || own.link == Link::Left {
                    { wish(props, &say!("Try lane {} now", letter), Wish::Again(place)) }
                }
            </div>
            if own.link != Link::Off && !past.is_empty() {
                { ui::hint(&say!("Before: {}", past.join(" → "))) }
            }
            <div class="chat-panels">
                { panel(chat, place, Speaker::You, say("You")) }
                { panel(chat, place, Speaker::Server, say("Ben")) }
            </div>
        </section>
    }
}

/// What one of the two sees of a lane: what they said, and what has arrived from the other.
fn panel(chat: &Chat, lane: usize, whose: Speaker, name: &str) -> Html {
    let seen = chat.lines.iter().filter_map(|line| match line.fates.get(lane)? {
        _ if line.from == whose => Some((line.at, line)),
        Fate::Arrived(delay) => Some((line.at + delay, line)),
        Fate::UnderWay | Fate::Lost => None,
    });
    let seen = trace::order::sorted(seen.collect(), |&(at, _)| at);
    let earlier = seen.len().saturating_sub(MOST_SEEN);
    html! {
        // The status tells of each message once; four logs that speak would say everything twice.
        <div class="chat-panel" role="log" aria-live="off" aria-label={say!("{}, lane {}", name, letter(lane))}>
            { svg::words("h4", "", name) }
            if earlier > 0 {
                { ui::hint(&say!("{} earlier", earlier)) }
            }
            if seen.is_empty() {
                { ui::hint(say("Nothing said or heard yet.")) }
            }
            { for seen.iter().skip(earlier).map(|(_, line)| said(line, lane, whose)) }
        </div>
    }
}

fn said(line: &Line, lane: usize, whose: Speaker) -> Html {
    let own = line.from == whose;
    let fate = match line.fates.get(lane) {
        Some(Fate::Arrived(delay)) if own => say!("arrived after {}, measured", milliseconds(*delay)),
        Some(Fate::Arrived(delay)) => say!("{}, measured", milliseconds(*delay)),
        Some(Fate::Lost) => say("lost with the connection").to_owned(),
        _ => say("not there yet").to_owned(),
    };
    let class = if own { "own" } else { "came" };
    html! { <p {class}>{ &line.text }{ " " }{ svg::words("small", "", &fate) }</p> }
}

/// How many messages a panel shows.
const MOST_SEEN: usize = 8;
