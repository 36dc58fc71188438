from catalog.views.products import AddPartNumber, CreateProduct, EditProduct, ProductDetail, ProductList

__all__ = ["AddPartNumber", "CreateProduct", "EditProduct", "ProductDetail", "ProductList"]
