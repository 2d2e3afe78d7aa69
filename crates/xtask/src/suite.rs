//! `cargo xtask test`: every test of the project in one plan, and a table of how each part went.

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::chromium::Chromium;
use crate::firefox::Firefox;
use crate::tools::Tools;
use crate::weight::Weight;
use crate::workspace::{cargo, root};
use crate::{abreast, budget, companion, dist, page, run, runner, toolchain, tshark};

/// A part of the tests that can be asked for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    Native,
    Render,
    Browser,
    EndToEnd,
}

impl Group {
    fn name(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Render => "render",
            Self::Browser => "browser",
            Self::EndToEnd => "e2e",
        }
    }
}

impl FromStr for Group {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        match [Self::Native, Self::Render, Self::Browser, Self::EndToEnd]
            .into_iter()
            .find(|g| g.name() == text)
        {
            Some(group) => Ok(group),
            None => bail!("`{text}` is no group of tests: it is native, browser, render or e2e."),
        }
    }
}

/// What this machine offers the tests.
struct Site {
    tools: Option<Tools>,
    chromium: Option<Chromium>,
    firefox: Option<Firefox>,
}

impl Site {
    fn ready(plan: &[&Step]) -> Result<Self> {
        let wants = |group| plan.iter().any(|step| step.group == group);
        let in_browser = wants(Group::Browser) || wants(Group::EndToEnd);
        toolchain::ensure_linker()?;
        if in_browser || wants(Group::Native) {
            toolchain::ensure_wasm_target()?;
        }
        Ok(Self {
            chromium: in_browser.then(Chromium::ready).transpose()?,
            firefox: in_browser.then(Firefox::ready).transpose()?,
            tools: in_browser.then(Tools::ready).transpose()?,
        })
    }

    fn tools(&self) -> Result<&Tools> {
        self.tools.as_ref().ok_or_else(|| anyhow::anyhow!("this step needs Trunk, which was not asked for."))
    }

    fn chromium(&self) -> Result<&Chromium> {
        let chromium = self.chromium.as_ref();
        chromium.ok_or_else(|| anyhow::anyhow!("this step needs Chromium, which was not asked for."))
    }

    fn firefox(&self) -> Result<&Firefox> {
        let firefox = self.firefox.as_ref();
        firefox.ok_or_else(|| anyhow::anyhow!("this step needs Firefox, which was not asked for."))
    }
}

/// One part of the plan.
struct Step {
    group: Group,
    name: &'static str,
    /// Steps without which this one says nothing.
    needs: &'static [&'static str],
    act: fn(&Site) -> Result<()>,
}

const PLAN: [Step; 13] = [
    Step { group: Group::Native, name: "format", needs: &[], act: format },
    Step { group: Group::Native, name: "lint, native", needs: &[], act: lint_native },
    Step { group: Group::Native, name: "lint, page", needs: &[], act: lint_page },
    Step { group: Group::Native, name: "native tests", needs: &[], act: native_tests },
    // Within the native tests already, unless they alone are asked for.
    Step { group: Group::Render, name: "render goldens", needs: &[], act: render_tests },
    Step { group: Group::Browser, name: "in Chromium", needs: &[], act: page_in_chromium },
    Step { group: Group::Browser, name: "in Firefox", needs: &[], act: page_in_firefox },
    Step { group: Group::EndToEnd, name: "captures, tshark", needs: &[], act: captures },
    Step { group: Group::EndToEnd, name: "page", needs: &[], act: build_page },
    Step { group: Group::EndToEnd, name: HOSTED, needs: &["page"], act: build_hosted },
    Step { group: Group::EndToEnd, name: "page's weight", needs: &[HOSTED], act: weigh },
    Step { group: Group::EndToEnd, name: "companion", needs: &[], act: build_companion },
    Step {
        group: Group::EndToEnd,
        name: "end to end",
        needs: &["page", HOSTED, "companion"],
        act: end_to_end,
    },
];

const HOSTED: &str = "page, for a host";

/// Runs the groups asked for, or all of them, to the end, then fails if any part failed.
pub(crate) fn test(only: &[Group]) -> Result<()> {
    let plan: Vec<&Step> = PLAN.iter().filter(|step| wanted(step, only)).collect();
    run::say("Looking at what the tests need");
    let site = Site::ready(&plan)?;
    let mut rows: Vec<Row> = Vec::new();
    for (at, step) in plan.iter().enumerate() {
        let missing =
            step.needs.iter().find(|need| rows.iter().any(|row| row.name == **need && !row.passed()));
        run::say(format_args!("{} of {}: {}", at + 1, plan.len(), step.name));
        let begin = Instant::now();
        let outcome = match missing {
            Some(need) => Outcome::Skipped(need),
            None => match (step.act)(&site) {
                Ok(()) => Outcome::Passed,
                Err(error) if error.is::<run::Interrupted>() => return Err(error),
                Err(error) => {
                    eprintln!("error: {error}");
                    Outcome::Failed
                }
            },
        };
        rows.push(Row { group: step.group, name: step.name, outcome, took: begin.elapsed() });
    }
    println!("\n{:8} {:20} {:>7}  result", "group", "part", "seconds");
    rows.iter().for_each(|row| println!("{row}"));
    verdict(&rows)?;
    run::say(format_args!("All {} parts passed", rows.len()));
    Ok(())
}

fn wanted(step: &Step, only: &[Group]) -> bool {
    if only.is_empty() { step.group != Group::Render } else { only.contains(&step.group) }
}

fn format(_: &Site) -> Result<()> {
    run::run(cargo().args(["fmt", "--all", "--check"]))
}

fn lint_native(_: &Site) -> Result<()> {
    // All targets, those included that a plain `cargo test` leaves out.
    let targets = ["--lib", "--bins", "--tests", "--benches", "--examples", "--test", "*"];
    let mut command = cargo();
    command.args(["clippy", "--keep-going", "--workspace"]).args(targets);
    run::run(command.args(["--", "-D", "warnings"]))
}

fn lint_page(_: &Site) -> Result<()> {
    let args =
        ["clippy", "--keep-going", "--package", "duplex", "--all-targets", "--target", toolchain::WASM];
    let mut command = cargo();
    // Any file stands in for the script that a bench brings along, and nobody is asked at the address.
    command.env("DUPLEX_MERMAID", root().join("index.html")).env("DUPLEX_BENCH_COMPANION", "").args(args);
    run::run(command.args(["--features", "bench", "--", "-D", "warnings"]))
}

fn native_tests(_: &Site) -> Result<()> {
    run::run(cargo().args(["test", "--workspace", "--no-fail-fast"]))?;
    // How the page goes on while a part of it is missing: only where it is in parts.
    run::run(cargo().args(["test", "--workspace", "--features", "duplex/split", "--test", "parcels"]))
}

fn captures(_: &Site) -> Result<()> {
    tshark::ready()?;
    run::run(cargo().args([
        "test",
        "--workspace",
        "--no-fail-fast",
        "--test",
        "tshark",
        "--test",
        "captures",
    ]))
}

fn render_tests(_: &Site) -> Result<()> {
    run::run(cargo().args(["test", "--package", "duplex", "--no-fail-fast"]))
}

fn page_in_chromium(site: &Site) -> Result<()> {
    let chromium = site.chromium()?;
    run::run(
        runner::tests(site.tools()?)?
            .env("CHROMEDRIVER", chromium.driver())
            .env(runner::SETTINGS, root().join("webdriver.json")),
    )
}

fn page_in_firefox(site: &Site) -> Result<()> {
    let firefox = site.firefox()?;
    let mut tests = runner::tests(site.tools()?)?;
    run::run(tests.env("GECKODRIVER", firefox.driver()).env(runner::SETTINGS, firefox.settings()?))
}

fn build_page(site: &Site) -> Result<()> {
    page::build(site.tools()?, page::Kind::Quick, &page::folder())
}

fn build_hosted(site: &Site) -> Result<()> {
    dist::build(site.tools()?, "./", &page::hosted())
}

fn weigh(_: &Site) -> Result<()> {
    let weight = Weight::of(&page::hosted())?;
    run::say(budget::judge(weight.page())?);
    weight.within_limits()
}

fn build_companion(_: &Site) -> Result<()> {
    companion::build().map(drop)
}

fn end_to_end(site: &Site) -> Result<()> {
    abreast::run(site.chromium()?, site.firefox()?)
}

/// How one step went.
struct Row {
    group: Group,
    name: &'static str,
    outcome: Outcome,
    took: Duration,
}

enum Outcome {
    Passed,
    Failed,
    /// Not tried, because this step had failed before.
    Skipped(&'static str),
}

impl Row {
    fn passed(&self) -> bool {
        matches!(self.outcome, Outcome::Passed)
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let took = self.took.as_secs_f64();
        write!(f, "{:8} {:20} {took:>7.1}  ", self.group.name(), self.name)?;
        match self.outcome {
            Outcome::Passed => f.write_str("passed"),
            Outcome::Failed => f.write_str("FAILED"),
            Outcome::Skipped(need) => write!(f, "FAILED: not run without \"{need}\""),
        }
    }
}

/// Fails with the names of the rows that did not pass.
fn verdict(rows: &[Row]) -> Result<()> {
    let failed: Vec<_> = rows.iter().filter(|row| !row.passed()).map(|row| row.name).collect();
    if !failed.is_empty() {
        bail!("{} of {} parts failed: {}.", failed.len(), rows.len(), failed.join("; "));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(only: &[Group], expect: &[&str]) {
        let names: Vec<_> = PLAN.iter().filter(|step| wanted(step, only)).map(|step| step.name).collect();
        assert_eq!(names, expect, "{only:?}");
    }

    #[test]
    fn plans() {
        let native = ["format", "lint, native", "lint, page", "native tests"];
        let e2e = ["captures, tshark", "page", HOSTED, "page's weight", "companion", "end to end"];
        let browser = ["in Chromium", "in Firefox"];
        check(&[Group::Native], &native);
        check(&[Group::Render], &["render goldens"]);
        check(&[Group::EndToEnd], &e2e);
        check(&[Group::EndToEnd, Group::Browser], &[&browser[..], &e2e].concat());
        check(&[], &[&native[..], &browser, &e2e].concat());
    }

    #[test]
    fn steps_come_after_what_they_need() {
        for (at, step) in PLAN.iter().enumerate() {
            for need in step.needs {
                let found =
                    PLAN[..at].iter().any(|before| before.name == *need && before.group == step.group);
                assert!(found, "{} needs {need}", step.name);
            }
        }
    }

    #[test]
    fn any_failure_fails_the_whole() {
        let row =
            |outcome| Row { group: Group::Native, name: "x", outcome, took: Duration::from_millis(1234) };
        assert!(verdict(&[row(Outcome::Passed)]).is_ok());
        assert!(verdict(&[row(Outcome::Passed), row(Outcome::Failed)]).is_err());
        assert!(verdict(&[row(Outcome::Skipped("page"))]).is_err());
        assert_eq!(row(Outcome::Passed).to_string(), "native   x                        1.2  passed");
    }
}
