use tongue::say;
use trace::exhibit::Dissection;
use wire::CloseCode;
use wire::violation::Known;
use yew::prelude::*;

use crate::views::{svg, ui};

/// What is wrong, where, by which rule, and what comes of it.
pub(super) fn view(dissection: &Dissection) -> Html {
    let Some(trouble) = &dissection.trouble else { return Html::default() };
    let violation = trouble.violation;
    let (rule, sender) = (violation.rule, violation.sender);
    let reaction = rule.reaction(sender);
    let fact = |name: &str, text: &str| html! { <><dt>{ name }</dt><dd>{ ui::coded(text) }</dd></> };
    let answer = match (rule.close_code(), rule.status()) {
        (Some(code), _) if dissection.exhibits.iter().any(|it| it.unit.frame().is_some()) => {
            Some(say!("Close code {}. {}", code, CloseCode(code).meaning()))
        }
        (_, Some(status)) if sender == wire::Sender::Client => {
            Some(say!("Status {}, and the connection is closed.", status))
        }
        _ => None,
    };
    html! {
        <div class="trouble" role="alert">
            { svg::words("h3", "", &capital(&rule.to_string())) }
            <dl>
                { fact(say("Where"), &say!("Octet {} from the {}; nothing after it is read.", violation.offset, sender)) }
                <dt>{say("Rule")}</dt><dd>{ ui::reference(rule.rfc()) }</dd>
                if let Some(answer) = answer {
                    { fact(say("By the RFC"), &answer) }
                }
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
        Known::ScriptMeasured => {
            say("What the script sees was measured with Chromium 156; the rest follows from the standards.")
        }
        Known::Standards => say("It follows from the standards."),
    }
}

/// The sentence of a rule, as a heading.
fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
