//! What the page may weigh. Whoever makes it heavier changes the figure in the same change, so that nobody does
//! without knowing.

use anyhow::{Result, bail};

/// The html, js, wasm and css of the whole page as a static host gets it, in octets of gzip -9.
const BUDGET: u64 = 814_500;

/// Says how the page's weight compares with its budget.
///
/// # Errors
/// If it is more than a twentieth above.
pub(crate) fn judge(weight: u64) -> Result<String> {
    verdict(weight, BUDGET)
}

fn verdict(weight: u64, budget: u64) -> Result<String> {
    let twentieth = budget / 20;
    let told = format!("the page weighs {weight} octets gzip, its budget is {budget}");
    if weight > budget + twentieth {
        bail!(
            "{told}: make it lighter, or set BUDGET in crates/xtask/src/budget.rs to {weight} and say why."
        );
    }
    if weight < budget - twentieth {
        return Ok(format!(
            "{told}: keep what was won, and set BUDGET in crates/xtask/src/budget.rs to {weight}."
        ));
    }
    Ok(format!("{told}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_twentieth_either_way() {
        let check = |weight: u64, expect: Result<&str, &str>| {
            let said = verdict(weight, 100_000).map_err(|error| error.to_string());
            let (told, end) = match (&said, expect) {
                (Ok(told), Ok(end)) | (Err(told), Err(end)) => (told, end),
                _ => panic!("{weight}: {said:?}"),
            };
            assert!(told.contains(&weight.to_string()) && told.contains(end), "{told}");
        };
        check(100_000, Ok("its budget is 100000."));
        check(105_000, Ok("its budget is 100000."));
        check(105_001, Err("make it lighter"));
        check(95_000, Ok("its budget is 100000."));
        check(94_999, Ok("keep what was won"));
        check(0, Ok("keep what was won"));
    }
}
