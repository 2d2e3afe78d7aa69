use tongue::say;
use trace::exhibit::Dissection;
use wire::violation::Known;
use yew::prelude::*;

use crate::views::{svg, ui};

/// What is wrong, where, by which rule, and what comes of it.
pub(super) fn view(dissection: &Dissection) -> Html {
    let Some(trouble) = &dissection.trouble else { return Html::default() };
    let violation = trouble.violation;
    let (rule, sender) = (violation.rule, violation.sender);
    let reaction = rule.reaction(sender);
    let shown = trouble.exhibit.and_then(|place| dissection.exhibits.get(place));
    let octet = shown.map_or(violation.offset, |it| it.unit.offset.saturating_add(trouble.octet as u64));
    let place = if octet == violation.offset {
        say!("Octet {} from the {}; nothing after it is read.", octet, sender)
    } else {
        say!("Octet {} from the {}; nothing after its head is read.", octet, sender)
    };
    let fact = |name: &str, text: &str| html! { <><dt>{ name }</dt><dd>{ ui::coded(text) }</dd></> };
    html! {
        <div class="trouble" role="alert">
            { svg::words("h3", "", &capital(&rule.to_string())) }
            <dl>
                { fact(say("Where"), &place) }
                <dt>{say("Rule")}</dt><dd>{ ui::reference(rule.rfc()) }</dd>
                <dt>{say("By the RFC")}</dt><dd>{ ui::cited(rule.asks(sender)) }</dd>
                { fact(say("On the wire"), reaction.wire) }
                { fact(say("A page’s script sees"), reaction.script) }
                { fact(say("Known from"), known(reaction.known)) }
            </dl>
        </div>
    }
}

/// Where that is known from.
fn known(known: Known) -> &'static str {
    match known {
        Known::Measured => say("Measured with Chromium 156."),
        Known::Standards => say("It follows from the standards."),
    }
}

/// The sentence of a rule, as a heading.
fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
