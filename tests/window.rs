//! The real window, driven in Finnish as a person would: under a screen, a session bus and a
//! desktop of its own. The pictures that it takes are those of the README.

mod window {
    //! One file per story.

    mod connecting;
    mod living;
    mod main_job;
    mod steps;
    mod trouble;
}
