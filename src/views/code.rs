//! The script beside the lane, with the line at work lit.

use tongue::say;
use trace::listing::Line;
use yew::prelude::*;

use super::ui;

/// What the listing shows.
pub struct Props {
    /// The script.
    pub listing: Vec<Line>,
    /// The line at work.
    pub lit: Option<usize>,
    /// Copies a text.
    pub copy: Callback<String>,
}

/// The listing.
pub fn view(props: &Props) -> Html {
    let text: Vec<&str> = props.listing.iter().map(|line| line.text.as_str()).collect();
    let text = text.join("\n");
    let copy = props.copy.reform(move |_: MouseEvent| text.clone());
    html! {
        <div class="code">
            { ui::button("chip", say("Copy the code"), copy) }
            <pre aria-label={say("Code")} tabindex="0"><code>
                for (number, line) in props.listing.iter().enumerate() {
                    <span key={number} class={classes!("line", (props.lit == Some(number)).then_some("lit"))}
                        aria-current={(props.lit == Some(number)).then_some("step")}>
                        { &line.text }{"\n"}
                    </span>
                }
            </code></pre>
        </div>
    }
}
