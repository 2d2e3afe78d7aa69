use tongue::{say, word};
use trace::workbench::paste::{Paste, ReadAs};
use wire::Sender;
use yew::prelude::*;

use super::super::ui;
use crate::state::DeskAction;

/// A box for octets in any notation, and what to make of them.
pub(super) fn view(paste: &Paste, open: &Callback<web_sys::File>, act: &Callback<DeskAction>) -> Html {
    let set = |change: fn(&mut Paste, String)| {
        let (paste, act) = (paste.clone(), act.clone());
        Callback::from(move |text: String| {
            let mut paste = paste.clone();
            change(&mut paste, text);
            act.emit(DeskAction::Paste(paste));
        })
    };
    let kinds = ReadAs::ALL.map(|kind| ui::choice(kind.id(), kind.name(), kind == paste.read_as));
    let senders = [
        ui::choice("", say("Whom it looks like"), paste.sender.is_none()),
        ui::choice("client", say("Client"), paste.sender == Some(Sender::Client)),
        ui::choice("server", say("Server"), paste.sender == Some(Sender::Server)),
    ];
    let remark = paste.read().ok().and_then(|read| read.remark);
    html! {
        <div class="draft">
            { ui::area(say("Paste octets"), &paste.text, 6, set(|paste, text| paste.text = text)) }
            if paste.text.trim().is_empty() {
                { ui::hint(say(NOTATIONS)) }
            }
            if let Some(remark) = remark {
                { ui::hint(remark) }
            }
            <div class="row">
                { ui::select(say("Read as"), kinds.into_iter().collect(), set(|paste, text| {
                    paste.read_as = ReadAs::ALL.into_iter().find(|kind| kind.id() == text).unwrap_or_default();
                })) }
                { ui::select(say("Sent by"), senders.into_iter().collect(), set(|paste, text| {
                    paste.sender = match text.as_str() {
                        "client" => Some(Sender::Client),
                        "server" => Some(Sender::Server),
                        _ => None,
                    };
                })) }
                { ui::file(say("Open a file"), open) }
            </div>
        </div>
    }
}

const NOTATIONS: &str = word!(
    "Hexadecimal in any notation (81 05 48, 0x81, \\x81, a C array, the dump of xxd or Wireshark), or a head that begins like GET / HTTP/1.1. Lines that begin with > come from the client, with < from the server."
);
