from django.apps import AppConfig


class ChannelInventoryConfig(AppConfig):
    name = "channel_inventory"
