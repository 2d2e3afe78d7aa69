use tongue::say;
use trace::workbench::accept::Machine;
use yew::prelude::*;

use super::super::{svg, ui};
use crate::state::DeskAction;

/// The handshake's arithmetic, step by step, every part open to change.
pub(super) fn view(machine: &Machine, act: &Callback<DeskAction>) -> Html {
    let set = |change: fn(&mut Machine, String)| {
        let (machine, act) = (machine.clone(), act.clone());
        Callback::from(move |text: String| {
            let mut machine = machine.clone();
            change(&mut machine, text);
            act.emit(DeskAction::Machine(machine));
        })
    };
    let broken = {
        let machine = machine.clone();
        act.reform(move |_: MouseEvent| DeskAction::Machine(machine.broken()))
    };
    let fresh = act.reform(|_: MouseEvent| DeskAction::Machine(Machine::default()));
    let steps = machine.steps();
    let digest = machine.digest.clone().or_else(|| steps.as_ref().ok().map(|steps| steps.digest.clone()));
    let accept = machine.accept.clone().or_else(|| steps.as_ref().ok().map(|steps| steps.accept.clone()));
    let (joined, nonce) = match &steps {
        Ok(steps) => (steps.joined.clone(), steps.nonce.clone()),
        Err(_) => (format!("{}{}", machine.key, machine.guid), None),
    };
    let nonce = nonce
        .unwrap_or_else(|| say("This is not the base64 of sixteen octets: a server refuses it.").to_owned());
    html! {
        <div class="machine">
            <ol>
                <li>{ ui::field(say("Sec-WebSocket-Key"), &machine.key, "text", set(|machine, text| {
                    (machine.key, machine.digest, machine.accept) = (text, None, None);
                })) }
                { ui::hint(&say!("Sixteen random octets in base64, from the client. {}", nonce)) }</li>
                <li>{ ui::field(say("GUID"), &machine.guid, "text", set(|machine, text| {
                    (machine.guid, machine.digest, machine.accept) = (text, None, None);
                })) }
                { ui::hint(say("The same for everybody: only who knows WebSocket knows it. The server appends it to the key, as it is written.")) }</li>
                <li><p class="labelled">{say("Key and GUID")}</p><output class="mono" aria-label={say("Key and GUID")}>{ joined }</output></li>
                <li>{ ui::field(say("SHA-1"), &digest.unwrap_or_default(), "text", set(|machine, text| {
                    (machine.digest, machine.accept) = (Some(text), None);
                })) }
                { ui::hint(say("The digest of that text: twenty octets. SHA-1 is broken as a signature; here nothing is secret.")) }</li>
                <li>{ ui::field(say("Sec-WebSocket-Accept"), &accept.unwrap_or_default(), "text", set(|machine, text| machine.accept = Some(text))) }
                { ui::hint(say("The digest in base64. The client has computed it, too, and compares.")) }</li>
            </ol>
            { verdict(machine) }
            <div class="row">
                { ui::button("", say("Break one character"), broken) }
                { ui::button("quiet", say("Start over"), fresh) }
            </div>
        </div>
    }
}

fn verdict(machine: &Machine) -> Html {
    let (class, words) = match machine.steps() {
        Err(why) => ("verdict bad", why.to_owned()),
        Ok(steps) if steps.nonce.is_none() => (
            "verdict bad",
            say("A strict server refuses this key. One that only hashes it would answer as above.")
                .to_owned(),
        ),
        Ok(steps) => match steps.verdict {
            Ok(()) => {
                ("verdict good", say("The client had computed the same: the WebSocket is open.").to_owned())
            }
            Err(rule) => (
                "verdict bad",
                say!("The client was waiting for {}: {}. It fails the connection.", steps.expected, rule),
            ),
        },
    };
    html! { <div role="status">{ svg::words("p", class, &words) }</div> }
}
