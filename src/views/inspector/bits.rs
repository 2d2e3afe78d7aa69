use tongue::say;
use trace::exhibit::Exhibit;
use wire::FrameHeader;
use yew::prelude::*;

use super::{class, of_field};

/// The first two octets of a frame, bit by bit, with the name of each field under its bits.
pub(super) fn view(exhibit: &Exhibit, header: &FrameHeader, lit: Option<usize>) -> Html {
    let &[first, second, ..] = exhibit.unit.octets.as_slice() else { return Html::default() };
    let pair = u16::from_be_bytes([first, second]);
    let fields: Vec<_> = exhibit.fields.iter().enumerate().filter(|(_, span)| span.bits.is_some()).collect();
    let columns = fields.iter().filter_map(|(field, span)| {
        let bits = span.bits.clone()?;
        let from = span.octets.start * 8 + usize::from(bits.start);
        let width = bits.len();
        let class = class(lit == Some(*field), exhibit.culprit == Some(*field));
        let digits = (from..from + width).map(|bit| {
            let digit = if pair & (0x8000 >> bit) == 0 { "0" } else { "1" };
            of_field("b", "", *field, digit)
        });
        let name = if width == 1 { span.title().to_owned() } else { format!("{} {}", span.title(), value(&span.value)) };
        Some(html! {
            <div key={*field} class={classes!("bits", class, format!("w{width}"))} data-field={field.to_string()}>
                <span class="digits">{ for digits }</span>
                <span class="name">{ name }</span>
            </div>
        })
    });
    let hidden = header.mask.is_none() && second & 0x80 != 0;
    html! {
        <div class="bit-grid" role="img" aria-label={say!("The first two octets in bits: {} {}", format_args!("{first:08b}"), format_args!("{second:08b}"))} data-cut={hidden.to_string()}>
            { for columns }
        </div>
    }
}

/// `8 (Close)` is told by its number alone: the grid is narrow.
fn value(value: &str) -> &str {
    value.split(' ').next().unwrap_or_default()
}
