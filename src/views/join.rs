//! The address that a class has to type, as large as the projector has it.

use yew::prelude::*;

use super::{qr, svg, ui};

/// What is known of where this page can be reached.
pub struct Props {
    /// Addresses at which others reach this page, the likeliest first; nothing if only this computer can.
    pub addresses: Vec<String>,
    /// Whether a companion serves this page.
    pub served: bool,
}

/// The view.
pub fn view(props: &Props) -> Html {
    let Some((first, others)) = props.addresses.split_first() else { return alone(props.served) };
    html! {
        <div class="join">
            { svg::words("h1", "", tongue::say("Type this address, or point a camera at the code")) }
            <p class="join-address"><code>{ typed(first) }</code></p>
            <div class="join-code">{ qr::view(&tongue::say!("QR code of {}", first), first) }</div>
            <div>
                { svg::words("p", "hint", tongue::say("Everybody must be on the same network. Nothing is sent anywhere else.")) }
                if !others.is_empty() {
                    { svg::words("p", "hint", tongue::say("If that does not open, this computer can also be reached at:")) }
                    <ul class="join-others">{ for others.iter().map(|other| html! { <li><code>{ typed(other) }</code></li> }) }</ul>
                }
                { back() }
            </div>
        </div>
    }
}

/// Only this computer can open the page: what to do about it.
fn alone(served: bool) -> Html {
    html! {
        <div class="join alone">
            { svg::words("h1", "", tongue::say("Nobody else can open this page yet")) }
            if served {
                <p>{ tongue::say("The companion serves this page to this computer only. Stop it and start it again, open to the network:") }</p>
            } else {
                <p>{ tongue::say("This page was opened from this computer only. Serve it to the network:") }</p>
            }
            <pre class="command">{"cargo xtask serve --lan"}</pre>
            { ui::hint(tongue::say("Type it into a terminal, in the folder of Duplex’s sources.")) }
            { ui::hint(tongue::say("Then open this view again: it shows the address to type and its QR code. The terminal shows both as well.")) }
            { back() }
        </div>
    }
}

fn back() -> Html {
    html! { <p><a href="#teach">{ tongue::say("For teachers") }</a></p> }
}

/// An address as somebody types it: browsers add the rest.
fn typed(address: &str) -> String {
    let bare = address.strip_prefix("http://").unwrap_or(address);
    bare.strip_suffix('/').unwrap_or(bare).to_owned()
}
