from django.apps import AppConfig


class ImagesConfig(AppConfig):
    name = "fibro.images"
    label = "images"
    verbose_name = "Images"
