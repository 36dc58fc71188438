from django.urls import path

from catalog import views

app_name = "catalog"

urlpatterns = [
    path("products/", views.ProductList.as_view(), name="product_list"),
    path("products/new/", views.CreateProduct.as_view(), name="product_create"),
    path("products/<int:pk>/", views.ProductDetail.as_view(), name="product_detail"),
    path("products/<int:pk>/edit/", views.EditProduct.as_view(), name="product_edit"),
    path("products/<int:pk>/part-number/", views.AddPartNumber.as_view(), name="part_number_add"),
    path("part-numbers/", views.PartNumberList.as_view(), name="part_number_list"),
    path("part-numbers/new/", views.CreatePartNumber.as_view(), name="part_number_create"),
    path("part-numbers/<int:pk>/remove/", views.RemovePartNumber.as_view(), name="part_number_remove"),
    path("families/", views.FamilyList.as_view(), name="family_list"),
    path("families/new/", views.CreateFamily.as_view(), name="family_create"),
    path("families/<int:pk>/", views.FamilyDetail.as_view(), name="family_detail"),
    path("families/<int:pk>/edit/", views.EditFamily.as_view(), name="family_edit"),
    path("units/", views.UnitList.as_view(), name="unit_list"),
    path("units/new/", views.CreateUnit.as_view(), name="unit_create"),
    path("units/<int:pk>/", views.EditUnit.as_view(), name="unit_edit"),
    path("units/<int:pk>/remove/", views.RemoveUnit.as_view(), name="unit_remove"),
]
