use tongue::say;
use trace::caption;
use trace::workbench::draft::Draft;
use wire::{Opcode, Sender};
use yew::prelude::*;

use super::super::ui;
use crate::state::DeskAction;

/// Every part of a frame.
pub(super) fn view(draft: &Draft, act: &Callback<DeskAction>) -> Html {
    // Each control hands in the draft with its own part changed.
    let set = |change: fn(&mut Draft, String)| {
        let (draft, act) = (draft.clone(), act.clone());
        Callback::from(move |text: String| {
            let mut draft = draft.clone();
            change(&mut draft, text);
            act.emit(DeskAction::Draft(draft));
        })
    };
    let flip = |change: fn(&mut Draft)| {
        let (draft, act) = (draft.clone(), act.clone());
        Callback::from(move |_: Event| {
            let mut draft = draft.clone();
            change(&mut draft);
            act.emit(DeskAction::Draft(draft));
        })
    };
    let client = draft.sender == Sender::Client;
    let senders = [ui::choice("client", say("Client"), client), ui::choice("server", say("Server"), !client)];
    let opcodes = (0..16_u8).map(|opcode| {
        let name = format!("{opcode}: {}", caption::opcode_name(Opcode::from(opcode)));
        ui::choice(&opcode.to_string(), &name, opcode == draft.opcode)
    });
    html! {
        <div class="draft">
            <div class="row">
                { ui::select(say("Sent by"), senders.into_iter().collect(), set(|draft, text| {
                    draft.sender = if text == "server" { Sender::Server } else { Sender::Client };
                    // What the rule asks of this side; the box below can still break it.
                    draft.masked = draft.sender == Sender::Client;
                })) }
                { ui::select(say("Opcode"), opcodes.collect(), set(|draft, text| draft.opcode = text.parse().unwrap_or(draft.opcode))) }
                { ui::field(say("Masking key"), &draft.key, "short", set(|draft, text| draft.key = text)) }
                { ui::field(say("Fragment size (0: one frame)"), &draft.fragment.to_string(), "number", set(|draft, text| draft.fragment = text.trim().parse().unwrap_or(0))) }
            </div>
            <div class="row" role="group" aria-label={say("Bits")}>
                { ui::check(say("FIN"), draft.fin, flip(|draft| draft.fin = !draft.fin)) }
                { ui::check(say("RSV1"), draft.rsv[0], flip(|draft| draft.rsv[0] = !draft.rsv[0])) }
                { ui::check(say("RSV2"), draft.rsv[1], flip(|draft| draft.rsv[1] = !draft.rsv[1])) }
                { ui::check(say("RSV3"), draft.rsv[2], flip(|draft| draft.rsv[2] = !draft.rsv[2])) }
                { ui::check(say("Masked"), draft.masked, flip(|draft| draft.masked = !draft.masked)) }
                { ui::check(say("Compress with permessage-deflate"), draft.deflate, flip(|draft| draft.deflate = !draft.deflate)) }
                { ui::check(say("Payload in hexadecimal"), draft.hex, flip(|draft| draft.hex = !draft.hex)) }
            </div>
            { ui::area(say("Payload"), &draft.payload, 2, set(|draft, text| draft.payload = text)) }
        </div>
    }
}
