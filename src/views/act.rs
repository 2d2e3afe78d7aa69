//! Where the visitor acts: a message of their own, and "Server speaks now".

use tongue::say;
use trace::scenario::Workload;
use yew::prelude::*;

use super::ui;

/// What the panel needs.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Chat or echo: an echo has no room for words of one's own.
    pub workload: Workload,
    /// How many messages have been added.
    pub added: usize,
    /// Whether to invite the visitor to make the server speak.
    pub invite: bool,
    /// The visitor says this.
    pub send: Callback<String>,
    /// The server says something.
    pub server_speaks: Callback<()>,
    /// Everything added is to be forgotten.
    pub forget: Callback<()>,
}

/// The panel.
#[component]
pub fn ActPanel(props: &Props) -> Html {
    let field = use_node_ref();
    // What is drawn anew beside it must not take away what is being typed.
    let draft = use_state(|| None::<String>);
    let message = draft.as_deref().unwrap_or(say("Are you there?")).to_owned();
    let typing = Callback::from(move |event: InputEvent| draft.set(Some(ui::value(&event))));
    let submit = {
        let (field, send) = (field.clone(), props.send.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(input) = field.cast::<web_sys::HtmlInputElement>() {
                send.emit(input.value());
            }
        })
    };
    if !props.workload.is_open() {
        let why = match props.workload {
            Workload::Echo => say("An echo is a closed loop: each message waits for the answer to the last."),
            _ => say("Here the server speaks only when it is asked."),
        };
        return html! {
            <div class="act"><p class="hint">{ why }{say(" Choose the chat to speak up yourself.")}</p></div>
        };
    }
    let server_speaks = props.server_speaks.reform(|_: MouseEvent| ());
    let forget = props.forget.reform(|_: MouseEvent| ());
    let speak = if props.invite { "wide primary" } else { "wide" };
    html! {
        <div class="act">
            if props.invite {
                <p class="invite">{say("Now make the server speak yourself.")}</p>
            }
            <button type="button" class={speak} onclick={server_speaks}>{say("Server speaks now")}</button>
            <form onsubmit={submit}>
                <label for="message">{say("Your message")}</label>
                <div class="row">
                    <input id="message" ref={field} type="text" maxlength="200" value={message} oninput={typing} autocomplete="off" />
                    <button type="submit">{say("Send")}</button>
                </div>
            </form>
            if props.added > 0 {
                <button type="button" class="quiet" onclick={forget}>{say("Forget what was added")}</button>
            }
        </div>
    }
}
