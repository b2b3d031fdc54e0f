//! The sample city: the reference operator, running inside the app.

use std::sync::Arc;

use operator_server::{Operator, RunningOperator, Settings, SystemClock};
use url::Url;

use crate::{shell::Shell, ui_error::ShellError};

impl Shell {
    /// Starts the sample city, if it does not run yet, and returns where it is.
    pub(crate) async fn start_sample_city(&self) -> Result<Url, ShellError> {
        let mut city = self.sample_city.lock().await;
        if let Some(city) = city.as_ref() {
            return location(city);
        }
        let settings = Settings::embedded(Some(self.folders.sample_city.clone()));
        let started = Operator::start(settings, Arc::new(SystemClock))
            .await
            .map_err(ShellError::SampleCity)?;
        let url = location(&started)?;
        *city = Some(started);
        Ok(url)
    }
}

fn location(city: &RunningOperator) -> Result<Url, ShellError> {
    let url = city.base_url().parse();
    url.map_err(|_| ShellError::AddressNotAllowed)
}
