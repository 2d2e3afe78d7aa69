//! The script beside the lane, with the line at work lit.

use trace::listing::Line;
use yew::prelude::*;

/// What the listing shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The script.
    pub listing: Vec<Line>,
    /// The line at work.
    pub lit: Option<usize>,
    /// Copies a text.
    pub copy: Callback<String>,
}

/// The listing.
#[component]
pub fn Code(props: &Props) -> Html {
    let text: Vec<&str> = props.listing.iter().map(|line| line.text.as_str()).collect();
    let text = text.join("\n");
    let copy = props.copy.reform(move |_: MouseEvent| text.clone());
    html! {
        <div class="code">
            <button type="button" class="chip" onclick={copy}>{"Copy the code"}</button>
            <pre aria-label="Code"><code>
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
