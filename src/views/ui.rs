//! Small pieces of markup that recur. Each is one function and not a macro's expansion at every
//! place of use, which keeps the page small.

use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::svg;

/// A button that says what it does.
#[inline(never)]
pub fn button(class: &'static str, name: &str, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" {class} {onclick}>{ name }</button> }
}

/// A button that is pressed or not.
#[inline(never)]
pub fn switch(class: &'static str, name: &str, pressed: bool, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" {class} aria-pressed={pressed.to_string()} {onclick}>{ name }</button> }
}

/// A box that is checked or not.
#[inline(never)]
pub fn check(name: &str, checked: bool, onchange: Callback<Event>) -> Html {
    html! { <label class="check"><input type="checkbox" {checked} {onchange} />{ " " }{ name }</label> }
}

/// One choice of a select.
#[inline(never)]
pub fn choice(value: &str, name: &str, selected: bool) -> Html {
    html! { <option value={value.to_owned()} {selected}>{ name }</option> }
}

/// The head of a table.
#[inline(never)]
pub fn head(columns: &[&str]) -> Html {
    html! { <thead><tr>for name in columns { <th scope="col">{ name }</th> }</tr></thead> }
}

/// Cells of a row, behind its own head if it has one.
#[inline(never)]
pub fn cells(name: Option<&str>, texts: &[String]) -> Html {
    html! {
        <>
            if let Some(name) = name {
                <th scope="row">{ name }</th>
            }
            { for texts.iter().map(|text| svg::words("td", "", text)) }
        </>
    }
}

/// A part that scrolls by itself, for the keyboard as well.
#[inline(never)]
pub fn scroll(name: &'static str, inside: Html) -> Html {
    html! { <div class="scroll" tabindex="0" role="group" aria-label={name}>{ inside }</div> }
}

/// A line of small print.
#[inline(never)]
pub fn hint(text: &str) -> Html {
    svg::words("p", "hint", text)
}

/// The value of the select or input that an event comes from.
pub fn value(event: &Event) -> String {
    let target = event.target();
    let target = target.as_ref();
    let select = target.and_then(|it| it.dyn_ref::<web_sys::HtmlSelectElement>()).map(|it| it.value());
    select
        .or_else(|| target.and_then(|it| it.dyn_ref::<web_sys::HtmlInputElement>()).map(|it| it.value()))
        .unwrap_or_default()
}
