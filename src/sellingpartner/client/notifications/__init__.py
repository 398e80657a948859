"""Notifications at the caller's end: read one with `parse`, or all of a queue with `Queue`.

for received in Queue("https://sqs.us-east-1.amazonaws.com/123456789012/orders"):
    match received.payload:
        case OrderChangeNotification(amazon_order_id=order_id):
            print(order_id)
"""

from sellingpartner.client.notifications.async_queue import AsyncQueue
from sellingpartner.client.notifications.notification import Notification, NotificationMetadata, UnknownNotification
from sellingpartner.client.notifications.parsing import NotificationUnreadable, parse
from sellingpartner.client.notifications.queue import Queue
from sellingpartner.client.notifications.received import Received, Unreadable
from sellingpartner.client.notifications.seen import RecentIds, Seen

__all__ = [
    "AsyncQueue",
    "Notification",
    "NotificationMetadata",
    "NotificationUnreadable",
    "Queue",
    "Received",
    "RecentIds",
    "Seen",
    "UnknownNotification",
    "Unreadable",
    "parse",
]
