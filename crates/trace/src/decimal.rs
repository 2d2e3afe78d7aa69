//! Decimals by integers. Printing or reading a float would drag 25 KB of tables into the page.

/// A length to the tenth of a unit: `12.3`, `-4`.
pub fn tenth(length: f64) -> String {
    let tenths = (length * 10.0).round() as i64;
    let sign = if tenths < 0 { "-" } else { "" };
    match (tenths.abs() / 10, tenths.abs() % 10) {
        (whole, 0) => format!("{sign}{whole}"),
        (whole, rest) => format!("{sign}{whole}.{rest}"),
    }
}

/// `length`, but never less than `least` and never more than `most`. `f64::clamp` prints its bounds if
/// they are the wrong way round, and so brings those tables in.
pub fn held(length: f64, least: f64, most: f64) -> f64 {
    length.max(least).min(most)
}

/// `number` thousandths without idle zeros: `2500` is `2.5`, `16` is `0.016`.
pub fn thousandths(number: u64) -> String {
    let text = format!("{}.{:03}", number / 1_000, number % 1_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Reads what [`thousandths`] writes, and any other plain decimal; digits beyond the third are dropped.
pub fn parse_thousandths(text: &str) -> Option<u64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|it| it.is_ascii_digit());
    if !digits(whole) || !digits(part) || (whole.is_empty() && part.is_empty()) {
        return None;
    }
    let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let part: u64 = format!("{part:0<3}").get(..3)?.parse().ok()?;
    whole.checked_mul(1_000)?.checked_add(part)
}

#[cfg(test)]
mod tests {
    use super::{parse_thousandths, tenth, thousandths};

    #[test]
    fn a_length_is_rounded_to_the_tenth() {
        let check = |length: f64, expect: &str| assert_eq!(tenth(length), expect);
        check(0.0, "0");
        check(12.34, "12.3");
        check(12.35, "12.4");
        check(-0.04, "0");
        check(-0.26, "-0.3");
        check(-7.0, "-7");
        check(560.0, "560");
    }

    #[test]
    fn thousandths_are_written_and_read() {
        let check = |number: u64, text: &str| {
            assert_eq!(thousandths(number), text);
            assert_eq!(parse_thousandths(text), Some(number));
        };
        check(0, "0");
        check(16, "0.016");
        check(500, "0.5");
        check(10_000, "10");
        check(10_000_000, "10000");
        check(1_234, "1.234");
    }

    #[test]
    fn other_decimals_are_read_or_refused() {
        let check = |text: &str, expect: Option<u64>| assert_eq!(parse_thousandths(text), expect, "{text}");
        check(".5", Some(500));
        check("5.", Some(5_000));
        check("0.0169", Some(16));
        check("", None);
        check(".", None);
        check("-1", None);
        check("1e3", None);
        check("NaN", None);
        check("1.2.3", None);
        check("99999999999999999999", None);
    }
}
