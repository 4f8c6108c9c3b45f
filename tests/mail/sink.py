"""A tiny SMTP server that keeps what it is given and answers as told."""

import socketserver
import threading
import time
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        sink = self.server
        self.reply("220 sink")
        while line := self.rfile.readline():
            verb = line[:4].upper().strip()
            if verb == b"DATA":
                self.take_message(sink)
            elif verb == b"QUIT":
                self.reply("221 bye")
                return
            elif verb == b"RCPT":
                self.reply(sink.recipient_answer)
            else:
                self.reply("250 ok")

    def take_message(self, sink):
        self.reply("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return  # the client went away in the middle: nothing was handed over
            lines.append(line)
        sink.begun += 1
        time.sleep(sink.thinking)
        if sink.data_answer.startswith("250"):
            sink.messages.append(message_from_bytes(b"".join(lines), policy=policy.default))
        self.reply(sink.data_answer)

    def reply(self, text):
        with suppress(OSError):  # a killed client does not wait for answers
            self.wfile.write(f"{text}\r\n".encode())


class Sink(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.messages = []
        #: How many messages came in, answered or not.
        self.begun = 0
        self.recipient_answer = "250 ok"
        self.data_answer = "250 ok"
        #: Seconds between the last byte and the answer, for clients to be killed in.
        self.thinking = 0.0

    @property
    def port(self):
        return self.server_address[1]

    def handle_error(self, request, client_address):
        pass  # a client that vanishes is what some tests are about


@contextmanager
def running_sink():
    with Sink() as sink:
        thread = threading.Thread(target=sink.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield sink
        finally:
            sink.shutdown()
            thread.join()
