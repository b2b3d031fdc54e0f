//! Prints how long the vault takes beside bare SQLite and bare SQLCipher, as a table.
//!
//! Timings hold only as ratios of one run. So each measurement is a process of its own, because
//! memory security is for a whole process, and the engines take turns.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a report")]
#![allow(clippy::indexing_slicing, reason = "a report")]

mod work;

use std::collections::BTreeMap;
use std::env;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use work::{Engine, import_data};

const ROUNDS: usize = 5;
const TASKS: [(Task, &str, &str); 4] = [
    (
        Task::Unlock,
        "Unlock, without key derivation, to the first 50",
        "–",
    ),
    (Task::Import, "Import of 100 000 values", "≤ 1.25"),
    (Task::FirstScreen, "First screen, already open", "–"),
    (Task::Decide, "One decision made durable", "≤ 1.67"),
];

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Task {
    Unlock,
    Import,
    FirstScreen,
    Decide,
}

fn main() {
    let args: Vec<String> = env::args().collect();
    if let [_, word, engine, task, folder] = args.as_slice()
        && word == "measure"
    {
        let took = measure(
            Engine::ALL[engine.parse::<usize>().unwrap()],
            TASKS[task.parse::<usize>().unwrap()].0,
            Path::new(folder),
        );
        println!("{}", took.as_nanos());
        return;
    }
    report();
}

fn report() {
    let mut times: BTreeMap<(usize, usize), Vec<Duration>> = BTreeMap::new();
    let folders = Engine::ALL.map(|_| TempDir::new().unwrap());
    for (engine, folder) in Engine::ALL.into_iter().zip(&folders) {
        let (raw, nodes) = import_data();
        let mut store = engine.make(folder.path());
        store.connect();
        store.import(&raw, nodes);
    }
    for _ in 0..ROUNDS {
        for task in 0..TASKS.len() {
            for (engine, folder) in folders.iter().enumerate() {
                let took = in_a_process(engine, task, folder.path());
                times.entry((task, engine)).or_default().push(took);
            }
        }
    }
    println!(
        "| Work | SQLite | SQLCipher | SQLCipher, wiping memory | Vault | ÷ SQLCipher | ÷ wiping | Goal ÷ SQLCipher |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
    for (task, (_, name, goal)) in TASKS.iter().enumerate() {
        let medians: Vec<Duration> = (0..Engine::ALL.len())
            .map(|engine| median(times[&(task, engine)].clone()))
            .collect();
        let ratio = |to: usize| medians[3].as_secs_f64() / medians[to].as_secs_f64();
        println!(
            "| {name} | {:.3?} | {:.3?} | {:.3?} | {:.3?} | {:.2} | {:.2} | {goal} |",
            medians[0],
            medians[1],
            medians[2],
            medians[3],
            ratio(1),
            ratio(2),
        );
    }
}

fn in_a_process(engine: usize, task: usize, folder: &Path) -> Duration {
    let output = Command::new(env::current_exe().unwrap())
        .args(["measure", &engine.to_string(), &task.to_string()])
        .arg(folder)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let nanos = String::from_utf8(output.stdout)
        .unwrap()
        .trim()
        .parse()
        .unwrap();
    Duration::from_nanos(nanos)
}

/// Returns how long `task` takes; where it is short, the median of many times.
fn measure(engine: Engine, task: Task, folder: &Path) -> Duration {
    match task {
        Task::Unlock => {
            let open = engine.opener(folder);
            drop(open());
            median(
                (0..9)
                    .map(|_| timed(|| assert_eq!(open().first_screen(), 51)))
                    .collect(),
            )
        }
        Task::Import => {
            let fresh = TempDir::new().unwrap();
            let (raw, nodes) = import_data();
            let mut store = engine.make(fresh.path());
            store.connect();
            timed(|| store.import(&raw, nodes))
        }
        Task::FirstScreen => {
            let store = engine.opener(folder)();
            median(
                (0..300)
                    .map(|_| timed(|| assert_eq!(store.first_screen(), 51)))
                    .collect(),
            )
        }
        Task::Decide => {
            let fresh = TempDir::new().unwrap();
            let mut store = engine.make(fresh.path());
            store.connect();
            median(
                (1..=500)
                    .map(|number| timed(|| store.decide(number)))
                    .collect(),
            )
        }
    }
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
