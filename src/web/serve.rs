//! Connections: accepted, bounded, and ended in good order.
//!
//! Duty: a listener, a runtime of its own, a limit on connections and on the time that the head of a request takes; after
//! [`Stopper::stop`] no new connection, and those at hand are answered. Not here: what is answered.

use super::Options;
use super::app::App;
use crate::model::{Error, ErrorKind, Stage};
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, watch};

/// Connections at a time.
const CONNECTIONS: usize = 512;
/// Seconds that the head of a request may take, and that an idle connection is kept.
const HEAD_SECONDS: u64 = 20;
/// Bytes of the head of a request.
const HEAD_BYTES: usize = 64 << 10;
/// Seconds that requests at hand have to end.
const END_SECONDS: u64 = 10;

/// A server that has its address, and does not answer yet.
pub struct Server {
    app: App,
    listener: TcpListener,
    address: SocketAddr,
    stop: watch::Sender<bool>,
}

/// Ends a running server from another thread.
#[derive(Clone, Debug)]
pub struct Stopper(watch::Sender<bool>);

impl Stopper {
    /// Asks the server to end.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }
}

impl Server {
    /// Opens the index and takes the address. Fails with `NoIndex` when nothing was ingested yet, and when the address
    /// cannot be had.
    pub fn bind(options: Options) -> Result<Server, Error> {
        let listen = options.listen;
        let app = App::open(options)?;
        let failed = |error: std::io::Error| {
            let message = format!("{listen} cannot be listened on ({error}); choose another with --listen, port 0 takes a free one");
            Error::new(Stage::Open, ErrorKind::Io(error.kind(), message))
        };
        let listener = TcpListener::bind(listen).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Server { app, listener, address, stop: watch::channel(false).0 })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What ends it.
    pub fn stopper(&self) -> Stopper {
        Stopper(self.stop.clone())
    }

    /// Answers until it is stopped.
    pub fn run(self) -> Result<(), Error> {
        let failed = |error: std::io::Error| Error::io(Stage::Open, &error);
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(4);
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build().map_err(failed)?;
        let stopped = self.stop.subscribe();
        let router = super::route::router(&self.app);
        let ended = runtime.block_on(async move {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            accept(listener, router, stopped).await;
            Ok(())
        });
        // A question that still runs on a thread of its own has nobody left to tell.
        runtime.shutdown_timeout(Duration::from_secs(1));
        ended.map_err(failed)
    }
}

async fn accept(listener: tokio::net::TcpListener, router: Router, mut stopped: watch::Receiver<bool>) {
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let place = Arc::clone(&places).acquire_owned();
        let next = async {
            let place = place.await;
            (listener.accept().await, place)
        };
        let (accepted, place) = tokio::select! {
            next = next => next,
            _ = stopped.wait_for(|stop| *stop) => break,
        };
        let Ok((stream, _)) = accepted else {
            // Out of file handles, most likely: those at hand must end first.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        // Answers are small and whole; waiting to fill a packet would only cost time.
        let _ = stream.set_nodelay(true);
        let mut builder = http1::Builder::new();
        builder.timer(TokioTimer::new()).header_read_timeout(Duration::from_secs(HEAD_SECONDS)).max_buf_size(HEAD_BYTES);
        let connection = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router.clone()));
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // A connection that breaks is the other side's affair.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(Duration::from_secs(END_SECONDS), graceful.shutdown()).await;
}
