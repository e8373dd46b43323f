from django import forms
from django.core.exceptions import ValidationError

from .models import Image
from .processing import MAX_BYTES, MAX_PIXELS, UnusableUpload, encode


class ImageForm(forms.ModelForm):
    upload = forms.FileField(
        label="Image file",
        widget=forms.FileInput(
            attrs={"accept": "image/jpeg,image/png,image/webp,image/gif,image/avif"}
        ),
        help_text=(
            f"JPEG, PNG, WebP, GIF or AVIF, at most {MAX_BYTES // 1024**2} MB "
            f"and {MAX_PIXELS // 10**6} megapixels. An animation keeps only its first frame."
        ),
    )

    class Meta:
        model = Image
        fields = ["title", "upload", "alt", "is_decorative", "credit"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        upload = self.fields["upload"]
        upload.required = self.instance._state.adding
        if not upload.required:
            upload.label = "Replace the image file"

    def clean_upload(self):
        """The Encoded upload, or None where a saved image keeps the files it has."""
        upload = self.cleaned_data["upload"]
        if upload is None:
            return None
        try:
            return encode(upload)
        except UnusableUpload as error:
            raise ValidationError(str(error)) from error

    def save(self, commit=True):
        # Files do not roll back: written before the row, the worst left behind is a file unused.
        if not self.errors and (encoded := self.cleaned_data["upload"]):
            self.instance.take_files(encoded)
        return super().save(commit)
