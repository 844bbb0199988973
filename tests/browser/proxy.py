"""A wire between browser and app that can be cut: a browser's offline switch spares sockets."""

import socket
import threading
from contextlib import suppress

CHUNK = 65536


class Proxy:
    """Passes bytes between its own port and the app's until it is cut."""

    def __init__(self, target: int) -> None:
        self.target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._pairs: set[tuple[socket.socket, socket.socket]] = set()
        self._lock = threading.Lock()
        self._is_cut = False
        self._passes = threading.Event()
        self._passes.set()
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def cut(self) -> None:
        """End every connection, and every new one as soon as it comes."""
        with self._lock:
            self._is_cut = True
            pairs = list(self._pairs)
        for pair in pairs:
            _shut(*pair)

    def hang(self) -> None:
        """Take everything and pass nothing on: as where the air is full."""
        self._passes.clear()

    def restore(self) -> None:
        """Let connections through again; what hung is gone."""
        with self._lock:
            self._is_cut = False
            pairs = list(self._pairs) if not self._passes.is_set() else []
        for pair in pairs:
            _shut(*pair)
        self._passes.set()

    def close(self) -> None:
        """Cut, and stop listening."""
        self.cut()
        self._passes.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(timeout=5)

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._connect, args=(near,), daemon=True).start()

    def _connect(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self.target))
        except OSError:
            near.close()
            return
        pair = (near, far)
        with self._lock:
            self._pairs.add(pair)
            is_cut = self._is_cut
        if is_cut:
            _shut(*pair)
        back = threading.Thread(target=self._pass, args=(far, near), daemon=True)
        back.start()
        self._pass(near, far)
        back.join()
        with self._lock:
            self._pairs.discard(pair)
        near.close()
        far.close()

    def _pass(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while chunk := source.recv(CHUNK):
                self._passes.wait()
                sink.sendall(chunk)
        _shut(source, sink)


def _shut(*ends: socket.socket) -> None:
    for end in ends:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
