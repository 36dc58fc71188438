from django.urls import path

from catalog import views

app_name = "catalog"

urlpatterns = [
    path("products/", views.ProductList.as_view(), name="product_list"),
    path("products/new/", views.CreateProduct.as_view(), name="product_create"),
    path("products/<int:pk>/", views.ProductDetail.as_view(), name="product_detail"),
    path("products/<int:pk>/edit/", views.EditProduct.as_view(), name="product_edit"),
    path("products/<int:pk>/part-number/", views.AddPartNumber.as_view(), name="part_number_add"),
]
