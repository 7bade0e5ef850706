"""What systemd is told (sd_notify(3)); nothing where there is no systemd."""

import logging
import os
import socket

log = logging.getLogger("dondoc.systemd")


def notify(state: str) -> None:
    """Send a state such as READY=1 to the service manager, if one listens."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as link:
            link.connect("\0" + address[1:] if address.startswith("@") else address)
            link.sendall(state.encode())
    except OSError as fault:
        log.warning("systemd was not told %s: %s", state, fault)
