//! How long the vault's own work takes, by engine. For ratios to quote, run `ratios`.
#![expect(clippy::unwrap_used, reason = "a benchmark")]

mod work;

use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use tempfile::TempDir;
use work::{Engine, import_data};

fn unlock(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("unlock without key derivation, to the first 50");
    for engine in Engine::ALL {
        let folder = filled(engine);
        let open = engine.opener(folder.path());
        group.bench_function(format!("{engine:?}"), |bencher| {
            bencher.iter(|| open().first_screen());
        });
    }
}

fn import(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("import 100 000 values");
    group.sample_size(10);
    for engine in Engine::ALL {
        group.bench_function(format!("{engine:?}"), |bencher| {
            bencher.iter_custom(|times| (0..times).map(|_| import_once(engine)).sum());
        });
    }
}

fn first_screen(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("first screen");
    for engine in Engine::ALL {
        let folder = filled(engine);
        let store = engine.opener(folder.path())();
        group.bench_function(format!("{engine:?}"), |bencher| {
            bencher.iter(|| store.first_screen());
        });
    }
}

fn decision(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("one decision made durable");
    for engine in Engine::ALL {
        let folder = TempDir::new().unwrap();
        let mut store = engine.make(folder.path());
        store.connect();
        let mut number = 0;
        group.bench_function(format!("{engine:?}"), |bencher| {
            bencher.iter(|| {
                number += 1;
                store.decide(number);
            });
        });
    }
}

fn filled(engine: Engine) -> TempDir {
    let folder = TempDir::new().unwrap();
    let (raw, nodes) = import_data();
    let mut store = engine.make(folder.path());
    store.connect();
    store.import(&raw, nodes);
    folder
}

fn import_once(engine: Engine) -> Duration {
    let folder = TempDir::new().unwrap();
    let (raw, nodes) = import_data();
    let mut store = engine.make(folder.path());
    store.connect();
    let start = Instant::now();
    store.import(&raw, nodes);
    start.elapsed()
}

criterion_group!(benches, unlock, import, first_screen, decision);
criterion_main!(benches);
