//! Small pieces of markup that recur. Each is one function and not a macro's expansion at every
//! place of use, which keeps the page small.

use tongue::say;
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

/// A select with its label.
#[inline(never)]
pub fn select(name: &str, choices: Html, set: Callback<String>) -> Html {
    let onchange = set.reform(|event: Event| value(&event));
    html! { <label class="labelled">{ name }<select {onchange}>{ choices }</select></label> }
}

/// A line of text with its label; the class says how wide it is.
#[inline(never)]
pub fn field(name: &str, text: &str, class: &'static str, set: Callback<String>) -> Html {
    let oninput = set.reform(|event: InputEvent| value(&event));
    let text = text.to_owned();
    html! {
        <label class="labelled">{ name }
            <input type="text" {class} value={text} autocomplete="off" spellcheck="false" {oninput} />
        </label>
    }
}

/// A file to choose, with its label.
pub fn file(name: &str, open: &Callback<web_sys::File>) -> Html {
    html! { <label class="labelled">{ name }<input type="file" onchange={chosen(open)} /></label> }
}

/// What an input of files does with the one that is chosen.
#[inline(never)]
pub fn chosen(open: &Callback<web_sys::File>) -> Callback<Event> {
    let open = open.clone();
    Callback::from(move |event: Event| {
        let input = event.target().and_then(|it| it.dyn_into::<web_sys::HtmlInputElement>().ok());
        let Some(input) = input else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            open.emit(file);
        }
        // Else the same file could not be chosen a second time.
        input.set_value("");
    })
}

/// Several lines of text with their label.
#[inline(never)]
pub fn area(name: &str, text: &str, rows: u8, set: Callback<String>) -> Html {
    let oninput = set.reform(|event: InputEvent| value(&event));
    let text = text.to_owned();
    html! {
        <label class="labelled">{ name }
            <textarea rows={rows.to_string()} value={text} spellcheck="false" {oninput} />
        </label>
    }
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

/// Closes a panel, for whoever has neither Escape nor room beside it to press.
pub fn shut(panel: &'static str) -> Html {
    html! {
        <button type="button" class="chip shut" popovertarget={panel} popovertargetaction="hide">{ say("Close") }</button>
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
    svg::element("p", &["class"], vec!["hint".to_owned()], vec![figured(text)])
}

/// Where something is defined, as a link where that is one page.
pub fn reference(place: &str) -> Html {
    let named = place.split_once(" section ");
    let name = named.map_or_else(|| place.to_owned(), |(name, section)| say!("{} section {}", name, section));
    let rfc = |(number, section)| format!("https://www.rfc-editor.org/rfc/rfc{number}#section-{section}");
    let in_rfc = place.strip_prefix("RFC ").and_then(|rest| rest.split_once(" section ")).map(rfc);
    let living = || LIVING.iter().find(|it| place.starts_with(it.0)).map(|it| it.1.to_owned());
    let Some(href) = in_rfc.or_else(living) else { return svg::words("span", "", &name) };
    outward(href, name)
}

/// A link to a page that is not ours.
pub fn outward(href: String, name: String) -> Html {
    let keys = &["class", "href", "target", "rel"];
    let values = vec!["reference".to_owned(), href, "_blank".to_owned(), "noopener".to_owned()];
    svg::element("a", keys, values, vec![Html::from(name)])
}

/// The living standards, whose sections have no lasting numbers to link to.
const LIVING: [(&str, &str); 3] = [
    ("HTML Standard", "https://html.spec.whatwg.org/multipage/server-sent-events.html"),
    ("WebSockets Standard", "https://websockets.spec.whatwg.org/"),
    ("Fetch Standard", "https://fetch.spec.whatwg.org/"),
];

/// A text in which what stands in brackets after a sentence, "(RFC 6455 section 5.2)", is a link.
pub fn cited(text: &str) -> Html {
    let part = |(place, part): (usize, &str)| {
        let Some((sources, rest)) = part.split_once(')').filter(|_| place > 0) else {
            return Html::from(part.to_owned());
        };
        let sources = format!("RFC {sources}");
        let source = |(place, source): (usize, &str)| {
            html! { <>{ if place == 0 { "" } else { ", " } }{ reference(source) }</> }
        };
        html! { <>{" ("}{ for sources.split(", ").enumerate().map(source) }{")"}{ rest }</> }
    };
    text.split(" (RFC ").enumerate().map(part).collect()
}

/// A text in which no line ends between a figure and its unit. Of boxes and not of other spaces: what is read,
/// searched for and copied stays as it was said.
pub fn figured(text: &str) -> Html {
    let (mut parts, mut from) = (Vec::new(), 0);
    for (space, _) in text.match_indices(' ') {
        let (before, behind) = (text.get(from..space).unwrap_or_default(), text.get(space + 1..));
        let figure =
            from + before.trim_end_matches(|it: char| it.is_ascii_digit() || ".,".contains(it)).len();
        let ends = |rest: &str| !rest.starts_with(|it: char| it.is_ascii_alphanumeric());
        let of = |unit: &&&str| behind.and_then(|it| it.strip_prefix(**unit)).is_some_and(ends);
        let Some(unit) = UNITS.iter().find(of).filter(|_| figure < space) else { continue };
        let end = space + 1 + unit.len();
        parts.push(Html::from(text.get(from..figure).unwrap_or_default().to_owned()));
        parts.push(svg::words("span", "figure", text.get(figure..end).unwrap_or_default()));
        from = end;
    }
    parts.push(Html::from(text.get(from..).unwrap_or_default().to_owned()));
    parts.into_iter().collect()
}

/// Units that stand behind a figure; the same in every language.
const UNITS: [&str; 3] = ["s", "ms", "Mbit/s"];

/// A sentence in which what stands between back quotes is code.
pub fn coded(text: &str) -> Html {
    let part = |(place, part): (usize, &str)| match place % 2 {
        0 => figured(part),
        _ => svg::words("code", "", part),
    };
    text.split('`').enumerate().map(part).collect()
}

/// The value of the select or input that an event comes from.
pub fn value(event: &Event) -> String {
    let target = event.target();
    let target = target.as_ref();
    let select = target.and_then(|it| it.dyn_ref::<web_sys::HtmlSelectElement>()).map(|it| it.value());
    let area = || target.and_then(|it| it.dyn_ref::<web_sys::HtmlTextAreaElement>()).map(|it| it.value());
    select
        .or_else(|| target.and_then(|it| it.dyn_ref::<web_sys::HtmlInputElement>()).map(|it| it.value()))
        .or_else(area)
        .unwrap_or_default()
}
