from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "fibro.publishing"
    verbose_name = "Publishing"
