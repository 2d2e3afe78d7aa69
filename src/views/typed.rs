//! A field whose text counts once it has been typed: what is under way is the visitor's, whatever else on the page
//! is drawn anew meanwhile.

use yew::prelude::*;

use super::ui;

/// What the field needs.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The type of the input; none for several lines of text.
    #[prop_or_default]
    pub kind: Option<&'static str>,
    /// What holds.
    pub value: String,
    /// Its accessible name, where no label has it.
    #[prop_or_default]
    pub name: Option<&'static str>,
    /// What it may be.
    #[prop_or_default]
    pub title: Option<String>,
    /// The least number.
    #[prop_or_default]
    pub min: Option<String>,
    /// The greatest number.
    #[prop_or_default]
    pub max: Option<String>,
    /// From number to number.
    #[prop_or_default]
    pub step: Option<&'static str>,
    /// What stands in an empty field.
    #[prop_or_default]
    pub placeholder: Option<&'static str>,
    /// Whether it cannot be used.
    #[prop_or_default]
    pub wrong: bool,
    /// The visitor is done with it.
    pub done: Callback<String>,
}

/// The field.
#[component]
pub(super) fn Typed(props: &Props) -> Html {
    let draft = use_state(|| None::<String>);
    let value = draft.as_ref().unwrap_or(&props.value).clone();
    let (typing, typed, left) = (draft.setter(), draft.setter(), draft.setter());
    let oninput = Callback::from(move |event: InputEvent| typing.set(Some(ui::value(&event))));
    let onchange = props.done.reform(move |event: Event| {
        typed.set(None);
        ui::value(&event)
    });
    // What was typed and taken back is no change, but no draft either.
    let onblur = Callback::from(move |_: FocusEvent| left.set(None));
    let wrong = props.wrong.then_some("true");
    let Props { name, title, min, max, step, placeholder, .. } = props;
    match props.kind {
        Some(kind) => html! {
            <input type={kind} aria-label={*name} title={title.clone()} {value} min={min.clone()} max={max.clone()}
                step={*step} placeholder={*placeholder} aria-invalid={wrong} {oninput} {onchange} {onblur} />
        },
        None => html! {
            <textarea rows="2" placeholder={*placeholder} {value} aria-invalid={wrong} {oninput} {onchange} {onblur} />
        },
    }
}
