//! One unit, octet by octet: hexadecimal and text beside its fields, linked both ways; a frame's first
//! bits as a grid, its mask, its message.

mod bits;
mod dump;
mod explain;
mod fields;
mod mask;
mod message;
mod reveal;
mod take;

use trace::exhibit::Dissection;
use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::same::Same;
use super::{Act, svg};
use crate::state::Action;

/// What the inspector shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// A conversation, taken apart.
    pub dissection: Same<Dissection>,
    /// Which of its units.
    pub shown: usize,
    /// Which field of it is explained.
    pub field: Option<usize>,
    /// Shows another unit.
    pub show: Callback<usize>,
    /// Copies a text.
    pub copy: Callback<String>,
    /// Copies the address of what is shown; `None`: it is too long for one.
    pub copy_link: Option<Callback<()>>,
    /// Where actions go: a field that is explained, a word that is looked up.
    pub act: Act,
}

/// The inspector. What the pointer is over lights up without being chosen.
#[component]
pub fn Inspector(props: &Props) -> Html {
    let pointed = use_state(|| None::<usize>);
    let frame = use_node_ref();
    let shown = props.dissection.exhibits.get(props.shown);
    let told = props.field.or(shown.and_then(|exhibit| exhibit.culprit));
    {
        let frame = frame.clone();
        let top = frame.clone();
        use_effect_with((props.dissection.clone(), props.shown), move |_| {
            if let Some(frame) = top.cast::<web_sys::Element>() {
                reveal::start(&frame);
            }
        });
        use_effect_with((props.dissection.clone(), props.shown, told), move |(_, _, field)| {
            if let (Some(frame), Some(field)) = (frame.cast::<web_sys::Element>(), field) {
                reveal::field(&frame, *field);
            }
        });
    }
    let Some(exhibit) = shown else { return Html::default() };
    let fields = exhibit.fields.len();
    let lit = pointed.filter(|&it| it < fields).or(props.field.filter(|&it| it < fields));
    let point = {
        let pointed = pointed.setter();
        Callback::from(move |event: PointerEvent| pointed.set(field_of(&event)))
    };
    let leave = {
        let pointed = pointed.setter();
        Callback::from(move |_: PointerEvent| pointed.set(None))
    };
    let explain = props.act.reform(Action::Field);
    let choose = explain.clone();
    let onclick = Callback::from(move |event: MouseEvent| {
        if let Some(field) = field_of(&event) {
            choose.emit(Some(field));
        }
    });
    let chosen = props.field.filter(|&it| it < fields);
    html! {
        <div class="inspector" ref={frame.clone()} onpointerover={point} onpointerleave={leave} {onclick}>
            { take::view(exhibit, &props.copy, props.copy_link.as_ref()) }
            <div class="split">
                <div class="octet-side">
                    if let Some(header) = exhibit.unit.frame() {
                        { bits::view(exhibit, header, lit) }
                    }
                    { dump::view(exhibit, lit, chosen, &explain) }
                    { mask::view(exhibit) }
                    { message::view(&props.dissection, props.shown, &props.show) }
                </div>
                <div class="field-side">
                    { fields::view(exhibit, lit, chosen, &explain) }
                    { explain::view(exhibit, lit.or(exhibit.culprit), &props.act) }
                </div>
            </div>
        </div>
    }
}

/// The field that an event is about: that of the nearest element which names one.
fn field_of(event: &Event) -> Option<usize> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    target.closest("[data-field]").ok()??.get_attribute("data-field")?.parse().ok()
}

/// An element that stands for a field, lit or not.
fn of_field(tag: &'static str, class: &str, field: usize, words: &str) -> Html {
    let values = vec![class.to_owned(), field.to_string()];
    svg::element(tag, &["class", "data-field"], values, vec![Html::from(words.to_owned())])
}

/// The class of something that belongs to a field.
fn class(lit: bool, culprit: bool) -> &'static str {
    match (lit, culprit) {
        (true, true) => "lit culprit",
        (true, false) => "lit",
        (false, true) => "culprit",
        (false, false) => "",
    }
}
